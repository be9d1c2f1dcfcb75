package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalPreconditionerTest extends PreconditionerContract {

  @Override
  Preconditioner create(Precision precision, int dimension) {
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, dimension, 0.75);
    preconditioner.update(LinearSolverContract.random(precision, dimension, 5), 1e-3);
    return preconditioner;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.5, 0.75, 1})
  void isTheInversePowerOfTheSquaredGradientPlusDamping(double exponent) {
    for (Precision precision : Precision.values()) {
      DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, 2, exponent);
      FlatVector m = FlatVector.of(precision, 0.5, -3);
      FlatVector result = m.like();

      preconditioner.update(m, 0.01);
      preconditioner.apply(FlatVector.of(precision, 1, 2), result);

      double[] expected = {Math.pow(0.26, -exponent), 2 * Math.pow(9.01, -exponent)};
      assertThat(result.toDoubleArray()).containsExactly(expected, within(8 * precision.epsilon()));
    }
  }

  @Test
  void doesNotUnderflowInSinglePrecision() {
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(Precision.FLOAT, 1, 0.5);
    FlatVector m = FlatVector.of(Precision.FLOAT, 1e-25);
    FlatVector result = m.like();

    preconditioner.update(m, 0);
    preconditioner.apply(FlatVector.of(Precision.FLOAT, 1), result);

    assertThat(result.get(0)).isCloseTo(1e25, within(1e19));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesExponentsOutsideTheUnitInterval(double exponent) {
    assertThatThrownBy(() -> new DiagonalPreconditioner(Precision.FLOAT, 1, exponent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exponent = " + exponent + ": must be in [0, 1]");
  }
}
