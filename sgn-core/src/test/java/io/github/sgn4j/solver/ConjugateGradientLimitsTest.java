package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When conjugate gradients stop, and what they keep of their course. */
class ConjugateGradientLimitsTest {

  private static final int N = 60;
  private static final double RHO = 0.01;

  // An ill-conditioned matrix: it takes many iterations.
  private final DenseMatrix a = spread();
  private final FlatVector b = LinearSolverContract.random(Precision.DOUBLE, N, 2);
  private final FlatVector d = b.like();
  private final ConjugateGradient solver = new ConjugateGradient(Precision.DOUBLE, N);

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1e-2, 1e-5})
  void stopsAtTheRelativeResidual(double tolerance) {
    SolveResult result = solve(new SolveLimits(500, 0).withRelativeTolerance(tolerance));

    assertThat(result.reason()).isEqualTo(SolveReason.RELATIVE_RESIDUAL);
    assertThat(solver.residual().norm()).isLessThanOrEqualTo(tolerance * b.norm());
    solve(new SolveLimits(result.iterations() - 1, 0));
    assertThat(solver.residual().norm()).isGreaterThan(tolerance * b.norm());
  }

  @Test
  void relatesTheResidualToTheRightHandSideNotToTheStartsResidual() {
    FlatVector start = FlatVector.of(Precision.DOUBLE, LinearSolverContract.denseSolve(a, RHO, b));
    start.scale(0.9999);

    SolveResult result =
        solver.solve(
            LinearSystem.of(a, RHO, b).withStart(start),
            new SolveLimits(500, 0).withRelativeTolerance(1e-3),
            d);

    assertThat(result.iterations()).isEqualTo(1);
    assertThat(result.reason()).isEqualTo(SolveReason.RELATIVE_RESIDUAL);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5e-2, 5e-3, 5e-4})
  void stopsWhenTheModelHardlyFalls(double eps) {
    solve(new SolveLimits(500, 1e-12).withHistory(true));
    double[] phi = solver.history().modelValues();
    int expected = 0;
    for (int i = 1; expected == 0; i++) {
      int k = (int) Math.max(10, Math.ceil(0.1 * i));
      if (i > k && (phi[i] - phi[i - k]) / phi[i] < k * eps) {
        expected = i;
      }
    }

    SolveResult result = solve(new SolveLimits(500, 1e-12).withProgress(eps));

    assertThat(result.reason()).isEqualTo(SolveReason.PROGRESS);
    assertThat(result.iterations()).isEqualTo(expected);
    assertThat(solver.history().size()).isZero();
  }

  @Test
  void doesTheMinimumOfIterations() {
    SolveLimits loose = new SolveLimits(30, 1e3).withRelativeTolerance(0.9).withProgress(1);
    assertThat(solve(loose).iterations()).isEqualTo(1);

    SolveResult result = solve(loose.withMinIterations(7));

    assertThat(result.iterations()).isEqualTo(7);
    assertThat(result.reason()).isEqualTo(SolveReason.CONVERGED);
  }

  @Test
  void refreshesTheResidualByProducts() {
    FlatVector plain = b.like();
    solver.solve(LinearSystem.of(a, RHO, b), new SolveLimits(10, 0), plain);

    SolveResult result = solve(new SolveLimits(10, 0).withRefreshEvery(5));

    assertThat(result.products()).isEqualTo(12);
    double[] expected = plain.toDoubleArray();
    // After 20 iterations, rounding alone changes the direction visibly.
    assertThat(d.toDoubleArray()).containsExactly(expected, within(1e-10 * plain.maxAbs()));
    FlatVector residual = b.like();
    a.apply(d, residual);
    residual.axpy(RHO, d);
    residual.axpy(1, b);
    // The last iteration was one to refresh: the very same arithmetic.
    assertThat(solver.residual().toDoubleArray()).isEqualTo(residual.toDoubleArray());
  }

  @Test
  void aRefreshedResidualIsTheTrueOneInSinglePrecision() {
    FlatVector single = FlatVector.of(Precision.FLOAT, b.toDoubleArray());
    FlatVector direction = single.like();
    ConjugateGradient inSingle = new ConjugateGradient(Precision.FLOAT, N);
    SolveLimits limits = new SolveLimits(300, 0);
    LinearSystem system = LinearSystem.of(a, RHO, single);
    inSingle.solve(system, limits, direction);
    double drift = Math.abs(inSingle.residual().norm() - trueResidual(direction));

    inSingle.solve(system, limits.withRefreshEvery(50), direction);

    double refreshed = Math.abs(inSingle.residual().norm() - trueResidual(direction));
    assertThat(refreshed).isLessThan(drift / 2);
  }

  @Test
  void keepsIteratesAtGrowingDistances() {
    List<double[]> expected = new ArrayList<>();
    for (int iterations : new int[] {1, 2, 3, 4, 5, 7, 9, 11, 14, 18, 24}) {
      solve(new SolveLimits(iterations, 0));
      expected.add(d.toDoubleArray());
    }

    solve(new SolveLimits(25, 0).withIterates(true));

    assertThat(solver.iterates()).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(solver.iterates().get(i).toDoubleArray()).isEqualTo(expected.get(i));
    }
  }

  @Test
  void doesNotKeepTheFinalDirectionAmongTheIterates() {
    solve(new SolveLimits(24, 0).withIterates(true));
    assertThat(solver.iterates()).hasSize(10);

    // Ended by the curvature in the second iteration: the first iterate is the final direction.
    FlatVector gradient = FlatVector.of(Precision.DOUBLE, 2, 1, 0.5);
    ConjugateGradient three = new ConjugateGradient(Precision.DOUBLE, 3);
    SolveResult result =
        three.solve(
            LinearSystem.of(DenseMatrix.diagonal(4, 1, -0.5), 0, gradient),
            new SolveLimits(9, 0).withIterates(true),
            gradient.like());
    assertThat(result.reason()).isEqualTo(SolveReason.NON_POSITIVE_CURVATURE);
    assertThat(three.iterates()).hasSize(result.iterations() - 1);
  }

  @Test
  void usesItsVectorsForIteratesAgain() {
    solve(new SolveLimits(25, 0).withIterates(true));
    FlatVector first = solver.iterates().get(0);

    solve(new SolveLimits(8, 0).withIterates(true));

    assertThat(solver.iterates()).hasSize(6).first().isSameAs(first);
    solve(new SolveLimits(8, 0));
    assertThat(solver.iterates()).isEmpty();
  }

  @Test
  void recordsItsCourse() {
    solve(new SolveLimits(20, 0).withHistory(true));

    assertThat(solver.history().size()).isEqualTo(21);
    double[] norms = solver.history().residualNorms();
    double[] values = solver.history().modelValues();
    assertThat(norms[0]).isCloseTo(b.norm(), within(1e-12));
    assertThat(values[0]).isZero();
    for (int i = 1; i <= 20; i++) {
      solve(new SolveLimits(i, 0));
      FlatVector product = b.like();
      a.apply(d, product);
      product.axpy(RHO, d);
      double value = 0.5 * d.dot(product) + b.dot(d);
      assertThat(values[i]).isLessThan(values[i - 1]).isCloseTo(value, within(1e-9));
      assertThat(norms[i]).isCloseTo(solver.residual().norm(), within(1e-9 * norms[0]));
    }
    assertThat(solver.history().size()).isZero();
  }

  @Test
  void recordsTheStart() {
    FlatVector start = FlatVector.of(Precision.DOUBLE, LinearSolverContract.denseSolve(a, RHO, b));
    start.scale(0.5);

    solver.solve(
        LinearSystem.of(a, RHO, b).withStart(start), new SolveLimits(200, 0).withHistory(true), d);

    // phi(t d*) = (t^2 / 2 - t) d*.Bd*, and d*.Bd* = -b.d*.
    double value = (0.125 - 0.5) * -2 * b.dot(start);
    assertThat(solver.history().modelValues()[0]).isCloseTo(value, within(1e-9 * Math.abs(value)));
    assertThat(solver.history().residualNorms()[0])
        .isCloseTo(0.5 * b.norm(), within(1e-9 * b.norm()));
    assertThat(solver.history().residualNorms()).hasSize(201);
  }

  @Test
  void theNewLimitsAreOffByDefaultToTheBit() {
    solve(new SolveLimits(30, 1e-9));
    double[] plain = d.toDoubleArray();

    solve(new SolveLimits(30, 1e-9).withHistory(true).withIterates(true));

    assertThat(d.toDoubleArray()).isEqualTo(plain);
  }

  private SolveResult solve(SolveLimits limits) {
    return solver.solve(LinearSystem.of(a, RHO, b), limits, d);
  }

  private double trueResidual(FlatVector direction) {
    double[] x = direction.toDoubleArray();
    double sum = 0;
    for (int i = 0; i < N; i++) {
      double r = (float) b.get(i) + RHO * x[i];
      for (int j = 0; j < N; j++) {
        r += a.values()[i][j] * x[j];
      }
      sum += r * r;
    }
    return Math.sqrt(sum);
  }

  /** Q diag(1e-3 ... 1e2) Q, Q a reflection. */
  private static DenseMatrix spread() {
    double[] w = LinearSolverContract.random(Precision.DOUBLE, N, 8).toDoubleArray();
    double ww = 0;
    for (double x : w) {
      ww += x * x;
    }
    double[][] q = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        q[i][j] = (i == j ? 1 : 0) - 2 * w[i] * w[j] / ww;
      }
    }
    double[][] values = new double[N][N];
    for (int k = 0; k < N; k++) {
      double eigenvalue = Math.pow(10, -3 + 5.0 * k / (N - 1));
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
          values[i][j] += q[i][k] * eigenvalue * q[j][k];
        }
      }
    }
    return new DenseMatrix(values);
  }
}
