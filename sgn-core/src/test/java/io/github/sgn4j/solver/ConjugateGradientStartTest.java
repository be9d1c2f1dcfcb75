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

/** Conjugate gradients from a start. */
class ConjugateGradientStartTest {

  private static final int N = LinearSolverContract.N;
  private static final double RHO = 0.5;

  private final DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
  private final FlatVector b = LinearSolverContract.random(Precision.DOUBLE, N, 2);
  private final FlatVector d = b.like();
  private final LinearSolver solver = new ConjugateGradient(Precision.DOUBLE, N);

  @Test
  void staysAtTheSolution() {
    FlatVector solution = solution();
    double[] before = solution.toDoubleArray();

    SolveResult result = solve(solution, new SolveLimits(5, 1e-10));

    assertThat(result.startUsed()).isTrue();
    assertThat(result.reason()).isEqualTo(SolveReason.CONVERGED);
    assertThat(result.iterations()).isLessThanOrEqualTo(1);
    assertThat(d.toDoubleArray()).containsExactly(before, within(1e-10));
    assertThat(solution.toDoubleArray()).isEqualTo(before);
  }

  @Test
  void goesOnFromAnEarlierDirection() {
    FlatVector start = solution();
    start.scale(0.9);
    FlatVector cold = b.like();
    solver.solve(LinearSystem.of(a, RHO, b), new SolveLimits(3, 0), cold);
    double coldValue = model(cold);

    SolveResult result = solve(start, new SolveLimits(3, 0));

    assertThat(result).extracting(SolveResult::startUsed).isEqualTo(true);
    assertThat(result.products()).isEqualTo(4);
    assertThat(result.iterations()).isEqualTo(3);
    assertThat(model(d)).isLessThan(model(start)).isLessThan(coldValue);
    FlatVector residual = b.like();
    a.apply(d, residual);
    residual.axpy(RHO, d);
    residual.axpy(1, b);
    assertThat(solver.residual().toDoubleArray())
        .containsExactly(residual.toDoubleArray(), within(1e-12));
  }

  @Test
  void convergesWithAPreconditionerAndAScaling() {
    FlatVector start = solution();
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(Precision.DOUBLE, N, 0.75);
    preconditioner.update(b, RHO);
    FlatVector scaling = b.like();
    for (int i = 0; i < N; i++) {
      scaling.set(i, 0.1 + i);
    }

    SolveResult result =
        solver.solve(
            LinearSystem.of(a, RHO, b)
                .withStart(start)
                .withScaling(scaling)
                .withPreconditioner(preconditioner),
            LinearSolverContract.EXACT,
            d);

    DenseMatrix damped = DenseMatrix.positiveDefinite(N, 1);
    for (int i = 0; i < N; i++) {
      damped.values()[i][i] += RHO * scaling.get(i);
    }
    assertThat(result.startUsed()).isTrue();
    assertThat(d.toDoubleArray())
        .containsExactly(LinearSolverContract.denseSolve(damped, 0, b), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 2.1, 1e6})
  void startsFromZeroIfTheStartIsWorse(double multiple) {
    FlatVector start = solution();
    // phi(t d*) = (t^2 / 2 - t) d*.Bd*: positive below 0 and above 2.
    start.scale(multiple);
    FlatVector cold = b.like();
    solver.solve(LinearSystem.of(a, RHO, b), new SolveLimits(4, 0), cold);

    SolveResult result = solve(start, new SolveLimits(4, 0));

    assertThat(result.startUsed()).isFalse();
    assertThat(result.products()).isEqualTo(5);
    assertThat(d.toDoubleArray()).isEqualTo(cold.toDoubleArray());
  }

  @Test
  void takesAStartThatIsBarelyBetter() {
    FlatVector start = solution();
    start.scale(1.9);

    assertThat(solve(start, new SolveLimits(1, 0)).startUsed()).isTrue();
  }

  @Test
  void aZeroStartCostsNothing() {
    SolveResult result = solve(b.like(), new SolveLimits(4, 0));

    assertThat(result.startUsed()).isFalse();
    assertThat(result.products()).isEqualTo(4);
  }

  @Test
  void aZeroRightHandSideNeedsNoStart() {
    SolveResult result =
        solver.solve(LinearSystem.of(a, RHO, b.like()).withStart(b), new SolveLimits(4, 0), d);

    assertThat(result).isEqualTo(new SolveResult(SolveReason.CONVERGED, 0, 0, 0));
    assertThat(d.maxAbs()).isZero();
  }

  @Test
  void theStartMayBeTheDirectionItself() {
    FlatVector start = solution();
    start.scale(0.7);
    solve(start.copy(), new SolveLimits(2, 0));

    SolveResult result =
        solver.solve(LinearSystem.of(a, RHO, b).withStart(start), new SolveLimits(2, 0), start);

    assertThat(result.startUsed()).isTrue();
    assertThat(start.toDoubleArray()).isEqualTo(d.toDoubleArray());
  }

  @Test
  void keepsTheStartOnNonPositiveCurvature() {
    DenseMatrix indefinite = DenseMatrix.diagonal(4, -1);
    FlatVector gradient = FlatVector.of(Precision.DOUBLE, 4, 1);
    FlatVector start = FlatVector.of(Precision.DOUBLE, -1, 0);
    FlatVector direction = gradient.like();
    LinearSolver two = new ConjugateGradient(Precision.DOUBLE, 2);

    SolveResult result =
        two.solve(
            LinearSystem.of(indefinite, 0, gradient).withStart(start),
            new SolveLimits(4, 0),
            direction);

    assertThat(result)
        .isEqualTo(new SolveResult(SolveReason.NON_POSITIVE_CURVATURE, 0, 2, 1, true));
    assertThat(direction.toDoubleArray()).containsExactly(-1, 0);
    assertThat(two.residual().toDoubleArray()).containsExactly(0, 1);
  }

  @Test
  void neverStartsUphill() {
    // Along the start the curvature is so negative that the model falls although b.d rises.
    FlatVector gradient = FlatVector.of(Precision.DOUBLE, 1, 1);
    FlatVector start = FlatVector.of(Precision.DOUBLE, 1, 0);

    SolveResult result =
        new ConjugateGradient(Precision.DOUBLE, 2)
            .solve(
                LinearSystem.of(DenseMatrix.diagonal(-9, 1), 0, gradient).withStart(start),
                new SolveLimits(4, 0),
                gradient.like());

    assertThat(result.startUsed()).isFalse();
  }

  @Test
  void refusesAStartThatIsNotFinite() {
    FlatVector start = b.copy();
    start.set(3, Double.NaN);

    assertThatThrownBy(() -> solve(start, new SolveLimits(4, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start holds NaN");
  }

  @Test
  void reportsAProductOfTheStartThatIsNotFinite() {
    FlatVector start = solution();
    a.values()[0][0] = Double.NaN;

    SolveResult result = solve(start, new SolveLimits(4, 0));

    assertThat(result.reason()).isEqualTo(SolveReason.NON_FINITE);
    assertThat(result.products()).isEqualTo(1);
    assertThat(d.isFinite()).isTrue();
  }

  private SolveResult solve(FlatVector start, SolveLimits limits) {
    return solver.solve(LinearSystem.of(a, RHO, b).withStart(start), limits, d);
  }

  private FlatVector solution() {
    return FlatVector.of(Precision.DOUBLE, LinearSolverContract.denseSolve(a, RHO, b));
  }

  /** 1/2 d.(A + rho I)d + b.d. */
  private double model(FlatVector direction) {
    FlatVector product = direction.like();
    a.apply(direction, product);
    product.axpy(RHO, direction);
    return 0.5 * direction.dot(product) + b.dot(direction);
  }
}
