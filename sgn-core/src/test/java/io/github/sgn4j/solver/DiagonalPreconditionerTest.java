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
  protected Preconditioner create(Precision precision, int dimension) {
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
  void scalesTheDamping() {
    for (Precision precision : Precision.values()) {
      DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, 2, 0.5);
      FlatVector scaling = FlatVector.of(precision, 4, 0.25);
      FlatVector ones = FlatVector.of(precision, 1, 1);
      FlatVector result = ones.like();

      preconditioner.update(FlatVector.of(precision, 0.5, -3), 0.01, scaling);
      preconditioner.apply(ones, result);
      double[] ofGradient = {1 / Math.sqrt(0.25 + 0.04), 1 / Math.sqrt(9 + 0.0025)};
      assertThat(result.toDoubleArray())
          .containsExactly(ofGradient, within(8 * precision.epsilon()));

      preconditioner.updateDiagonal(FlatVector.of(precision, 2, 0), 0.01, scaling);
      preconditioner.apply(ones, result);
      double[] ofDiagonal = {1 / Math.sqrt(2.04), 1 / Math.sqrt(0.0025)};
      assertThat(result.toDoubleArray())
          .containsExactly(ofDiagonal, within(64 * precision.epsilon()));

      FlatVector longer = FlatVector.zeros(precision, 3);
      assertThatThrownBy(() -> preconditioner.update(ones, 0.01, longer))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a scaling of 3 elements does not go with a preconditioner for 2");
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
