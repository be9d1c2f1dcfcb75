package io.github.sgn4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import org.junit.jupiter.api.Test;

class GaussNewtonTest {

  @Test
  void isTheLinearizationsProduct() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(2, 5), 1, 1);
    FlatVector v = FlatVector.of(Precision.DOUBLE, 3, -1);
    FlatVector result = v.like();

    try (Linearization linearization =
        objective.linearize(objective.initialParameters(), Quadratic.BATCH)) {
      GaussNewton curvature = new GaussNewton(linearization, 2);
      curvature.apply(v, result);

      assertThat(curvature.dimension()).isEqualTo(2);
      assertThat(result.toDoubleArray()).containsExactly(6, -5);
    }
  }
}
