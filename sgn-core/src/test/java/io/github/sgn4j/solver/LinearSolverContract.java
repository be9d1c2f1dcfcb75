package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseFactor;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every solver of (A + rho D) d = -b promises. */
abstract class LinearSolverContract {

  static final int N = 12;
  static final SolveLimits EXACT = new SolveLimits(5 * N, 1e-12);

  abstract LinearSolver create(Precision precision, int dimension);

  /** That matrix as this solver wants it. */
  CurvatureOperator curvature(DenseMatrix a) {
    return a;
  }

  /** How an untroubled solve to the end ends. */
  SolveReason solved() {
    return SolveReason.CONVERGED;
  }

  /** Whether systems with rho = 0 are refused. */
  boolean needsDamping() {
    return false;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3, 10})
  void agreesWithADenseSolve(double damping) {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    FlatVector d = random(Precision.DOUBLE, N, 3);
    LinearSolver solver = create(Precision.DOUBLE, N);
    LinearSystem system = LinearSystem.of(curvature(a), damping, b);
    if (damping == 0 && needsDamping()) {
      assertThatThrownBy(() -> solver.solve(system, EXACT, d))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("damping = 0.0: ");
      return;
    }

    SolveResult result = solver.solve(system, EXACT, d);

    assertThat(result.reason()).isEqualTo(solved());
    assertThat(d.toDoubleArray()).containsExactly(denseSolve(a, damping, b), within(1e-9));
    assertThat(result.residual()).isLessThan(1e-9);
  }

  @Test
  void agreesWithADenseSolveWithScaledDamping() {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    FlatVector d = random(Precision.DOUBLE, N, 3);
    LinearSolver solver = create(Precision.DOUBLE, N);
    FlatVector scaling = b.like();
    for (int i = 0; i < N; i++) {
      scaling.set(i, 0.5 + i);
    }
    LinearSystem system = LinearSystem.of(curvature(a), 0.7, b).withScaling(scaling);

    SolveResult result = solver.solve(system, EXACT, d);

    DenseMatrix damped = DenseMatrix.positiveDefinite(N, 1);
    for (int i = 0; i < N; i++) {
      damped.values()[i][i] += 0.7 * scaling.get(i);
    }
    assertThat(result.reason()).isEqualTo(solved());
    assertThat(d.toDoubleArray()).containsExactly(denseSolve(damped, 0, b), within(1e-9));
    assertThat(result.residual()).isEqualTo(solver.residual().maxAbs()).isLessThan(1e-9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesScalingsThatAreNotPositive(double element) {
    FlatVector scaling = FlatVector.zeros(Precision.DOUBLE, N);
    scaling.fill(1);
    scaling.set(3, element);
    LinearSystem system =
        LinearSystem.of(
                curvature(DenseMatrix.positiveDefinite(N, 1)), 1, random(Precision.DOUBLE, N, 2))
            .withScaling(scaling);

    assertThatThrownBy(
            () -> create(Precision.DOUBLE, N).solve(system, EXACT, random(Precision.DOUBLE, N, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("scaling element 3 = " + element);
  }

  @Test
  void reportsARightHandSideThatIsNotFinite() {
    FlatVector b = random(Precision.DOUBLE, N, 2);
    b.set(1, Double.NaN);

    SolveResult result =
        create(Precision.DOUBLE, N)
            .solve(
                LinearSystem.of(curvature(DenseMatrix.positiveDefinite(N, 1)), 1, b),
                EXACT,
                b.like());

    assertThat(result.reason()).isEqualTo(SolveReason.NON_FINITE);
    assertThat(result.residual()).isNaN();
  }

  @Test
  void reportsACurvatureThatIsNotFiniteAndKeepsTheDirectionFinite() {
    DenseMatrix a = DenseMatrix.diagonal(1, 1, Double.NaN);
    FlatVector b = random(Precision.DOUBLE, 3, 2);
    FlatVector d = b.like();

    SolveResult result =
        create(Precision.DOUBLE, 3).solve(LinearSystem.of(curvature(a), 1, b), EXACT, d);

    assertThat(result.reason()).isEqualTo(SolveReason.NON_FINITE);
    assertThat(result.products()).isPositive();
    assertThat(d.isFinite()).isTrue();
  }

  @Test
  void keepsNeitherIteratesNorHistoryUnasked() {
    LinearSolver solver = create(Precision.DOUBLE, N);
    FlatVector b = random(Precision.DOUBLE, N, 2);

    solver.solve(
        LinearSystem.of(curvature(DenseMatrix.positiveDefinite(N, 1)), 1, b), EXACT, b.like());

    assertThat(solver.iterates()).isEmpty();
    assertThat(solver.history().size()).isZero();
    assertThat(solver.history().modelValues()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void carriesTheResidualOfItsDirection(Precision precision) {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    FlatVector b = random(precision, N, 2);
    FlatVector d = b.like();
    LinearSolver solver = create(precision, N);

    SolveResult result =
        solver.solve(LinearSystem.of(curvature(a), 0.5, b), new SolveLimits(3, 0), d);

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
        .solve(
            LinearSystem.of(curvature(DenseMatrix.positiveDefinite(N, 1)), 1, b), EXACT, b.like());

    assertThat(b.toDoubleArray()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void takesAZeroRightHandSideAsConvergedWithoutAProduct(Precision precision) {
    CurvatureOperator a = curvature(DenseMatrix.positiveDefinite(N, 1));
    FlatVector d = random(precision, N, 3);

    SolveResult result =
        create(precision, N).solve(LinearSystem.of(a, 1, d.like()), new SolveLimits(5, 0), d);

    assertThat(result).isEqualTo(new SolveResult(SolveReason.CONVERGED, 0, 0, 0));
    assertThat(d.maxAbs()).isZero();
    assertThat(productsOf(a)).isZero();
  }

  @Test
  void givesTheSameBitsTwice() {
    CurvatureOperator a = curvature(DenseMatrix.positiveDefinite(N, 1));
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
                    LinearSystem.of(curvature(DenseMatrix.positiveDefinite(N + 1, 1)), 1, b),
                    EXACT,
                    b.like()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dimension " + (N + 1));
    assertThatThrownBy(
            () ->
                solver.solve(
                    LinearSystem.of(curvature(DenseMatrix.positiveDefinite(N, 1)), 1, single),
                    EXACT,
                    single.like()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FLOAT");
  }

  private static int productsOf(CurvatureOperator a) {
    return a instanceof DenseMatrix matrix
        ? matrix.products()
        : ((DenseFactor) ((FactorCurvature) a).factor()).products();
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
