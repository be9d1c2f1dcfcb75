package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagonal preconditioner with a moving average. */
class DiagonalAveragePreconditionerTest extends PreconditionerContract {

  private static final double DECAY = 0.9;

  @Override
  protected Preconditioner create(Precision precision, int dimension) {
    DiagonalPreconditioner preconditioner =
        new DiagonalPreconditioner(precision, dimension, 0.75, DECAY);
    for (int step = 0; step < 3; step++) {
      preconditioner.updateDiagonal(estimate(precision, dimension, step), 1e-3);
    }
    return preconditioner;
  }

  @ParameterizedTest
  @EnumSource
  void isThatOfTheCorrectedAverage(Precision precision) {
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, 2, 1, DECAY);

    preconditioner.updateDiagonal(FlatVector.of(precision, 2, 5), 0.5);
    // The first average is the estimate itself.
    check(preconditioner, precision, 1 / 2.5, 1 / 5.5);

    preconditioner.updateDiagonal(FlatVector.of(precision, 4, 0), 0.25);
    check(preconditioner, precision, 1 / ((1.8 + 4) / 1.9 + 0.25), 1 / (4.5 / 1.9 + 0.25));
    assertThat(preconditioner.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void averagesSquaredGradients(Precision precision) {
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, 2, 1, DECAY);

    preconditioner.update(FlatVector.of(precision, 2, -1), 0.5);
    preconditioner.update(FlatVector.of(precision, 1, 3), 0.5);

    check(preconditioner, precision, 1 / (4.6 / 1.9 + 0.5), 1 / (9.9 / 1.9 + 0.5));
  }

  private static void check(
      DiagonalPreconditioner preconditioner, Precision precision, double... expected) {
    FlatVector ones = FlatVector.of(precision, 1, 1);
    FlatVector result = ones.like();
    preconditioner.apply(ones, result);
    assertThat(result.toDoubleArray()).containsExactly(expected, within(8 * precision.epsilon()));
  }

  @ParameterizedTest
  @EnumSource
  void goesOnBitForBitFromItsMemory(Precision precision) {
    DiagonalPreconditioner one = new DiagonalPreconditioner(precision, 20, 0.75, DECAY);
    DiagonalPreconditioner other = new DiagonalPreconditioner(precision, 20, 0.75, DECAY);
    one.updateDiagonal(estimate(precision, 20, 1), 0.1);
    one.updateDiagonal(estimate(precision, 20, 2), 0.1);

    other.restore(one.memory().copy(), one.count());
    one.updateDiagonal(estimate(precision, 20, 3), 0.1);
    other.updateDiagonal(estimate(precision, 20, 3), 0.1);

    FlatVector r = LinearSolverContract.random(precision, 20, 4);
    FlatVector expected = r.like();
    FlatVector actual = r.like();
    one.apply(r, expected);
    other.apply(r, actual);
    assertThat(actual.toDoubleArray()).isEqualTo(expected.toDoubleArray());
    assertThat(other.memory().toDoubleArray()).isEqualTo(one.memory().toDoubleArray());
    assertThat(other.count()).isEqualTo(3);
  }

  @Test
  void keepsNumbersThatAreNotFiniteOutOfItsMemory() {
    DiagonalPreconditioner preconditioner =
        new DiagonalPreconditioner(Precision.DOUBLE, 2, 1, DECAY);
    preconditioner.updateDiagonal(FlatVector.of(Precision.DOUBLE, 2, 5), 0.5);
    double[] before = preconditioner.memory().toDoubleArray();
    FlatVector result = FlatVector.of(Precision.DOUBLE, 1, 1);

    preconditioner.updateDiagonal(FlatVector.of(Precision.DOUBLE, 1, Double.POSITIVE_INFINITY), 1);
    preconditioner.apply(result.copy(), result);

    assertThat(result.isFinite()).isFalse();
    assertThat(preconditioner.memory().toDoubleArray()).isEqualTo(before);
    assertThat(preconditioner.count()).isEqualTo(1);
  }

  @Test
  void hasNoMemoryWithoutADecay() {
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(Precision.DOUBLE, 2, 1);
    preconditioner.update(FlatVector.of(Precision.DOUBLE, 2, 5), 0.5);

    assertThat(preconditioner.memory().length()).isZero();
    assertThat(preconditioner.count()).isZero();
    preconditioner.restore(FlatVector.zeros(Precision.DOUBLE, 0), 0);
    assertThatThrownBy(() -> preconditioner.restore(FlatVector.zeros(Precision.DOUBLE, 0), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count = 1: must be 0 without a decay");
  }

  @Test
  void refusesAMemoryThatDoesNotFit() {
    DiagonalPreconditioner preconditioner =
        new DiagonalPreconditioner(Precision.DOUBLE, 2, 1, DECAY);

    assertThatThrownBy(() -> preconditioner.restore(FlatVector.zeros(Precision.DOUBLE, 3), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> preconditioner.restore(FlatVector.zeros(Precision.DOUBLE, 2), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count = -1: must be 0 or more");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesDecaysOutOfRange(double decay) {
    assertThatThrownBy(() -> new DiagonalPreconditioner(Precision.FLOAT, 1, 0.5, decay))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decay = " + decay + ": must be in [0, 1)");
  }

  private static FlatVector estimate(Precision precision, int dimension, long seed) {
    FlatVector estimate = LinearSolverContract.random(precision, dimension, seed);
    estimate.multiply(estimate);
    return estimate;
  }
}
