package io.github.sgn4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseFactor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FactorCurvatureTest {

  @ParameterizedTest
  @EnumSource
  void isTheFactorsMatrix(Precision precision) {
    DenseFactor factor = DenseFactor.random(3, 5, 1);
    FactorCurvature curvature = new FactorCurvature(factor);
    FlatVector v = FlatVector.of(precision, 1, -2, 3, 0.5, -1);
    FlatVector result = v.like();
    FlatVector expected = v.like();

    curvature.apply(v, result);

    factor.curvature().apply(v, expected);
    assertThat(curvature.dimension()).isEqualTo(5);
    assertThat(curvature.factor()).isSameAs(factor);
    assertThat(result.toDoubleArray())
        .containsExactly(expected.toDoubleArray(), within(100 * precision.epsilon()));
    assertThat(v.dot(result)).isPositive();
  }
}
