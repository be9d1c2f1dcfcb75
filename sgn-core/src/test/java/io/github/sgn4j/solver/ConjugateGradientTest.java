package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConjugateGradientTest extends LinearSolverContract {

  @Override
  LinearSolver create(Precision precision, int dimension) {
    return new ConjugateGradient(precision, dimension);
  }

  @Test
  void oneIterationIsTheExactStepAlongTheGradient() {
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, 2);
    FlatVector d = b.like();

    SolveResult result = solve(DenseMatrix.diagonal(1, 3), 1, b, new SolveLimits(1, 1e-6), d);

    // p = -b, p.(A + I)p = 1 * 2 + 4 * 4 = 18, alpha = 5 / 18.
    assertThat(d.toDoubleArray())
        .containsExactly(new double[] {-5.0 / 18, -10.0 / 18}, within(1e-15));
    assertThat(result.reason()).isEqualTo(SolveReason.LIMIT);
    assertThat(result.iterations()).isEqualTo(1);
    // r = b + alpha q, q = -(2, 8).
    assertThat(result.residual()).isCloseTo(8.0 / 18 - 0.0 / 18, within(1e-15));
  }

  @Test
  void doesAnIterationEvenIfTheRightHandSideIsWithinTheTolerance() {
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1e-9, 2e-9);
    FlatVector d = b.like();

    SolveResult result = solve(DenseMatrix.diagonal(1, 3), 1, b, new SolveLimits(10, 1e-6), d);

    assertThat(result.reason()).isEqualTo(SolveReason.CONVERGED);
    assertThat(result.iterations()).isEqualTo(1);
    assertThat(d.maxAbs()).isPositive();
  }

  @Test
  void stopsAtTheLargestElementOfTheResidualNotAtItsNorm() {
    // After one iteration on a multiple of the identity plus a little, residuals are known.
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    double[] residuals = new double[N];
    for (int i = 1; i < N; i++) {
      residuals[i] = solve(a, 0, b, new SolveLimits(i, 0), b.like()).residual();
    }

    for (int i = 1; i < N; i++) {
      SolveResult at = solve(a, 0, b, new SolveLimits(N, residuals[i]), b.like());
      assertThat(at.reason()).isEqualTo(SolveReason.CONVERGED);
      assertThat(at.residual()).isLessThanOrEqualTo(residuals[i]);
      for (int k = 1; k < at.iterations(); k++) {
        assertThat(residuals[k]).isGreaterThan(residuals[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30})
  void aZeroToleranceUsesUpTheIterations(int limit) {
    FlatVector b = random(Precision.FLOAT, N, 2);
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);

    SolveResult result = solve(a, 1e-3, b, new SolveLimits(limit, 0), b.like());

    assertThat(result.reason()).isEqualTo(SolveReason.LIMIT);
    assertThat(result.iterations()).isEqualTo(limit);
    assertThat(a.products()).isEqualTo(limit);
  }

  @ParameterizedTest
  @EnumSource
  void stopsWithoutNaNWhenTheResidualIsExactlyZero(Precision precision) {
    // The identity is solved in one iteration without rounding.
    FlatVector b = FlatVector.of(precision, 2, 4);
    FlatVector d = b.like();

    SolveResult result = solve(DenseMatrix.diagonal(1, 1), 1, b, new SolveLimits(9, 0), d);

    assertThat(result).isEqualTo(new SolveResult(SolveReason.CONVERGED, 1, 1, 0));
    assertThat(d.toDoubleArray()).containsExactly(-1, -2);
  }

  @ParameterizedTest
  @EnumSource
  void stopsWithoutNaNWhenTheResidualsSquareUnderflows(Precision precision) {
    double tiny = precision == Precision.FLOAT ? 1e-30 : 1e-200;
    FlatVector b = FlatVector.of(precision, tiny, tiny);
    FlatVector d = b.like();

    SolveResult result = solve(DenseMatrix.diagonal(1, 2), 1, b, new SolveLimits(9, 0), d);

    assertThat(result.reason()).isEqualTo(SolveReason.CONVERGED);
    assertThat(d.maxAbs()).isZero();
  }

  @Test
  void keepsTheBestDirectionOnNonPositiveCurvature() {
    // The first direction has positive curvature, the second has not.
    DenseMatrix a = DenseMatrix.diagonal(4, 1, -0.5);
    FlatVector b = FlatVector.of(Precision.DOUBLE, 2, 1, 0.5);
    FlatVector first = b.like();
    solve(a, 0, b, new SolveLimits(1, 0), first);
    FlatVector d = b.like();

    SolveResult result = solve(a, 0, b, new SolveLimits(10, 0), d);

    assertThat(result.reason()).isEqualTo(SolveReason.NON_POSITIVE_CURVATURE);
    assertThat(result.iterations()).isPositive().isLessThan(10);
    assertThat(result.products()).isEqualTo(result.iterations() + 1);
    FlatVector sameIterations = b.like();
    solve(a, 0, b, new SolveLimits(result.iterations(), 0), sameIterations);
    assertThat(d.toDoubleArray()).isEqualTo(sameIterations.toDoubleArray());
    assertThat(b.dot(d)).isNegative();
  }

  @ParameterizedTest
  @CsvSource({"-2", "0"})
  void takesSteepestDescentIfTheFirstDirectionHasNonPositiveCurvature(double curvature) {
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, 2);
    FlatVector d = b.like();
    ConjugateGradient solver = new ConjugateGradient(Precision.DOUBLE, 2);

    SolveResult result =
        solver.solve(
            LinearSystem.of(DenseMatrix.diagonal(curvature, curvature), 0, b),
            new SolveLimits(10, 0),
            d);

    assertThat(result.reason()).isEqualTo(SolveReason.NON_POSITIVE_CURVATURE);
    assertThat(d.toDoubleArray()).containsExactly(-1, -2);
    // b + A d = (1 - curvature) b.
    assertThat(solver.residual().toDoubleArray())
        .containsExactly(1 - curvature, 2 * (1 - curvature));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void reportsANonFiniteProductAndKeepsTheDirectionFinite(int badProduct) {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    FlatVector d = b.like();

    SolveResult result = solve(new Spoiled(a, badProduct), 1, b, new SolveLimits(10, 0), d);

    assertThat(result.reason()).isEqualTo(SolveReason.NON_FINITE);
    assertThat(result.products()).isEqualTo(badProduct);
    assertThat(result.iterations()).isEqualTo(badProduct - 1);
    assertThat(result.residual()).isNaN();
    assertThat(d.isFinite()).isTrue();
  }

  @Test
  void noticesANonFiniteProductInTheLastIteration() {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(Precision.DOUBLE, N, 2);

    SolveResult result = solve(new Spoiled(a, 4), 1, b, new SolveLimits(4, 0), b.like());

    assertThat(result.reason()).isEqualTo(SolveReason.NON_FINITE);
  }

  @Test
  void reportsANonFinitePreconditionerBeforeAnyProduct() {
    DenseMatrix a = DenseMatrix.positiveDefinite(2, 1);
    DiagonalPreconditioner infinite = new DiagonalPreconditioner(Precision.DOUBLE, 2, 1);
    infinite.update(FlatVector.zeros(Precision.DOUBLE, 2), 0);
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, 0);

    SolveResult result =
        new ConjugateGradient(Precision.DOUBLE, 2)
            .solve(
                LinearSystem.of(a, 1, b).withPreconditioner(infinite),
                new SolveLimits(3, 0),
                b.like());

    assertThat(result.reason()).isEqualTo(SolveReason.NON_FINITE);
    assertThat(result.products()).isZero();
  }

  @Test
  void anExactPreconditionerNeedsOneIteration() {
    DenseMatrix a = DenseMatrix.diagonal(3, 8, 99);
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, -2, 3);
    DiagonalPreconditioner inverse = new DiagonalPreconditioner(Precision.DOUBLE, 3, 1);
    inverse.update(FlatVector.of(Precision.DOUBLE, Math.sqrt(3), Math.sqrt(8), Math.sqrt(99)), 1);
    FlatVector d = b.like();

    SolveResult result =
        new ConjugateGradient(Precision.DOUBLE, 3)
            .solve(
                LinearSystem.of(a, 1, b).withPreconditioner(inverse), new SolveLimits(5, 1e-12), d);

    assertThat(result.iterations()).isEqualTo(1);
    assertThat(d.toDoubleArray())
        .containsExactly(new double[] {-1 / 4.0, 2 / 9.0, -3 / 100.0}, within(1e-14));
  }

  @Test
  void everyReasonSaysWhatToDo() {
    assertThat(SolveReason.values())
        .extracting(SolveReason::advice)
        .allSatisfy(advice -> assertThat(advice).isNotBlank())
        .doesNotHaveDuplicates();
  }

  private SolveResult solve(
      CurvatureOperator a, double damping, FlatVector b, SolveLimits limits, FlatVector d) {
    return create(b.precision(), b.length()).solve(LinearSystem.of(a, damping, b), limits, d);
  }

  /** An operator whose n-th product holds a NaN. */
  private static final class Spoiled implements CurvatureOperator {

    private final CurvatureOperator inner;
    private int left;

    Spoiled(CurvatureOperator inner, int badProduct) {
      this.inner = inner;
      left = badProduct;
    }

    @Override
    public int dimension() {
      return inner.dimension();
    }

    @Override
    public void apply(FlatVector v, FlatVector result) {
      inner.apply(v, result);
      left--;
      if (left == 0) {
        result.set(0, Double.NaN);
      }
    }
  }
}
