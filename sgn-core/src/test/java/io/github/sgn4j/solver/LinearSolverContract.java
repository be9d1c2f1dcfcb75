package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every solver of (A + rho I) d = -b promises. */
abstract class LinearSolverContract {

  static final int N = 12;
  static final SolveLimits EXACT = new SolveLimits(5 * N, 1e-12);

  abstract LinearSolver create(Precision precision, int dimension);

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3, 10})
  void agreesWithADenseSolve(double damping) {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    FlatVector d = random(Precision.DOUBLE, N, 3);
    LinearSolver solver = create(Precision.DOUBLE, N);

    SolveResult result = solver.solve(LinearSystem.of(a, damping, b), EXACT, d);

    assertThat(result.reason()).isEqualTo(SolveReason.CONVERGED);
    assertThat(d.toDoubleArray()).containsExactly(denseSolve(a, damping, b), within(1e-9));
    assertThat(result.residual()).isLessThan(1e-9);
  }

  @ParameterizedTest
  @EnumSource
  void carriesTheResidualOfItsDirection(Precision precision) {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(precision, N, 2);
    FlatVector d = b.like();
    LinearSolver solver = create(precision, N);

    SolveResult result = solver.solve(LinearSystem.of(a, 0.5, b), new SolveLimits(3, 0), d);

    FlatVector residual = b.like();
    a.apply(d, residual);
    residual.axpy(0.5, d);
    residual.axpy(1, b);
    assertThat(solver.residual().toDoubleArray())
        .containsExactly(residual.toDoubleArray(), within(100 * precision.epsilon()));
    assertThat(result.residual()).isEqualTo(solver.residual().maxAbs());
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheRightHandSideAlone(Precision precision) {
    FlatVector b = random(precision, N, 2);
    double[] before = b.toDoubleArray();

    create(precision, N)
        .solve(LinearSystem.of(DenseMatrix.positiveDefinite(N, 1), 1, b), EXACT, b.like());

    assertThat(b.toDoubleArray()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void takesAZeroRightHandSideAsConvergedWithoutAProduct(Precision precision) {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector d = random(precision, N, 3);

    SolveResult result =
        create(precision, N).solve(LinearSystem.of(a, 1, d.like()), new SolveLimits(5, 0), d);

    assertThat(result).isEqualTo(new SolveResult(SolveReason.CONVERGED, 0, 0, 0));
    assertThat(d.maxAbs()).isZero();
    assertThat(a.products()).isZero();
  }

  @Test
  void givesTheSameBitsTwice() {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(Precision.FLOAT, N, 2);
    LinearSolver solver = create(Precision.FLOAT, N);
    SolveLimits limits = new SolveLimits(4, 0);
    FlatVector first = b.like();
    FlatVector second = b.like();

    solver.solve(LinearSystem.of(a, 1, b), limits, first);
    solver.solve(LinearSystem.of(a, 2, random(Precision.FLOAT, N, 9)), limits, second);
    solver.solve(LinearSystem.of(a, 1, b), limits, second);

    assertThat(second.toDoubleArray()).isEqualTo(first.toDoubleArray());
  }

  @Test
  void refusesVectorsThatDoNotFit() {
    LinearSolver solver = create(Precision.DOUBLE, N);
    FlatVector b = FlatVector.zeros(Precision.DOUBLE, N);
    FlatVector single = FlatVector.zeros(Precision.FLOAT, N);

    assertThatThrownBy(
            () ->
                solver.solve(
                    LinearSystem.of(DenseMatrix.positiveDefinite(N + 1, 1), 1, b), EXACT, b.like()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dimension " + (N + 1));
    assertThatThrownBy(
            () ->
                solver.solve(
                    LinearSystem.of(DenseMatrix.positiveDefinite(N, 1), 1, single),
                    EXACT,
                    single.like()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FLOAT");
  }

  static double[] denseSolve(DenseMatrix a, double damping, FlatVector b) {
    SimpleMatrix system =
        new SimpleMatrix(a.values()).plus(SimpleMatrix.identity(b.length()).scale(damping));
    SimpleMatrix rhs = new SimpleMatrix(b.length(), 1, true, b.toDoubleArray());
    return system.solve(rhs.scale(-1)).getDDRM().getData();
  }

  static FlatVector random(Precision precision, int n, long seed) {
    Random random = new Random(seed);
    FlatVector vector = FlatVector.zeros(precision, n);
    for (int i = 0; i < n; i++) {
      vector.set(i, random.nextGaussian());
    }
    return vector;
  }
}
