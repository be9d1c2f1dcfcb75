package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagonal preconditioner of an estimate of the curvature's diagonal. */
class DiagonalEstimatePreconditionerTest extends PreconditionerContract {

  @Override
  protected Preconditioner create(Precision precision, int dimension) {
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, dimension, 0.75);
    FlatVector estimate = LinearSolverContract.random(precision, dimension, 5);
    estimate.multiply(estimate);
    preconditioner.updateDiagonal(estimate, 1e-3);
    return preconditioner;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.5, 0.75, 1})
  void isTheInversePowerOfTheEstimatePlusDamping(double exponent) {
    for (Precision precision : Precision.values()) {
      DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, 3, exponent);
      FlatVector result = FlatVector.zeros(precision, 3);

      preconditioner.updateDiagonal(FlatVector.of(precision, 0.5, 0, 9), 0.01);
      preconditioner.apply(FlatVector.of(precision, 1, 1, -2), result);

      double[] expected = {
        Math.pow(0.51, -exponent), Math.pow(0.01, -exponent), -2 * Math.pow(9.01, -exponent)
      };
      assertThat(result.toDoubleArray())
          .containsExactly(expected, within(100 * 8 * precision.epsilon()));
    }
  }

  @Test
  void theExactDiagonalSolvesADiagonalSystemInOneIteration() {
    FlatVector diagonal = FlatVector.of(Precision.DOUBLE, 3, 8, 99);
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, -2, 3);
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(Precision.DOUBLE, 3, 1);
    preconditioner.updateDiagonal(diagonal, 1);
    FlatVector d = b.like();

    SolveResult result =
        new ConjugateGradient(Precision.DOUBLE, 3)
            .solve(
                LinearSystem.of(DenseMatrix.diagonal(3, 8, 99), 1, b)
                    .withPreconditioner(preconditioner),
                new SolveLimits(5, 1e-12),
                d);

    assertThat(result.iterations()).isEqualTo(1);
    assertThat(d.toDoubleArray())
        .containsExactly(new double[] {-1 / 4.0, 2 / 9.0, -3 / 100.0}, within(1e-14));
  }

  @Test
  void refusesNegativeElements() {
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(Precision.DOUBLE, 2, 1);

    assertThatThrownBy(
            () -> preconditioner.updateDiagonal(FlatVector.of(Precision.DOUBLE, 1, -0.5), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("diagonal element 1 = -0.5: must be 0 or more; take absolute values");
  }

  @Test
  void anEstimateThatIsNotFiniteIsReportedByTheSolver() {
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, 1);
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(Precision.DOUBLE, 2, 1);
    preconditioner.updateDiagonal(FlatVector.of(Precision.DOUBLE, 1, Double.NaN), 1);

    SolveResult result =
        new ConjugateGradient(Precision.DOUBLE, 2)
            .solve(
                LinearSystem.of(DenseMatrix.diagonal(1, 1), 1, b)
                    .withPreconditioner(preconditioner),
                new SolveLimits(5, 0),
                b.like());

    assertThat(result.reason()).isEqualTo(SolveReason.NON_FINITE);
    assertThat(result.products()).isZero();
  }
}
