package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseFactor;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What direct solvers promise beyond that. */
abstract class DirectSolverContract extends LinearSolverContract {

  private static final int ROWS = 8;
  private static final int MANY = 40;
  private static final DenseFactor FACTOR = DenseFactor.random(ROWS, MANY, 4);

  /** The curvature of that factor as this solver is to be tested with. */
  abstract CurvatureOperator curvature(DenseFactor factor);

  @Override
  CurvatureOperator curvature(DenseMatrix a) {
    return curvature(DenseFactor.of(a, true));
  }

  @Override
  SolveReason solved() {
    return SolveReason.EXACT;
  }

  /** How exact solutions are, relative to the largest element, at that condition number. */
  double accuracy(double condition) {
    return Math.max(1e-8, 10 * Precision.DOUBLE.epsilon() * condition);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-4, 1e-2, 1, 30, 1e3})
  void agreesWithADenseSolveForAnyRightHandSide(double damping) {
    FlatVector b = random(Precision.DOUBLE, MANY, 2);

    checkSolution(damping, b, denseSolve(FACTOR.curvature(), damping, b), 1e-8);
  }

  /**
   * Where b = A^T c, d does not grow with 1 / rho and the row space formula's difference cancels
   * most. d = -A^T (A A^T + rho I)^-1 c is well-conditioned; solves in parameter space are not.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-4, 1e-2, 1, 30, 1e3})
  void agreesWithADenseSolveForGradientsInTheRowSpace(double damping) {
    FlatVector c = random(Precision.DOUBLE, ROWS, 3);
    FlatVector b = FlatVector.zeros(Precision.DOUBLE, MANY);
    FACTOR.multiplyTransposed(c, b);
    double[][] gram = new double[ROWS][ROWS];
    double[] flat = new double[ROWS * ROWS];
    FACTOR.gram(flat);
    for (int i = 0; i < ROWS; i++) {
      System.arraycopy(flat, i * ROWS, gram[i], 0, ROWS);
    }
    FlatVector expected = b.like();
    FACTOR.multiplyTransposed(
        FlatVector.of(Precision.DOUBLE, denseSolve(new DenseMatrix(gram), damping, c)), expected);

    checkSolution(damping, b, expected.toDoubleArray(), accuracy(80 / damping));
  }

  private void checkSolution(double damping, FlatVector b, double[] expected, double tolerance) {
    FlatVector d = b.like();

    SolveResult result =
        create(Precision.DOUBLE, MANY)
            .solve(LinearSystem.of(curvature(FACTOR), damping, b), EXACT, d);

    assertThat(result.reason()).isEqualTo(SolveReason.EXACT);
    assertThat(result.iterations()).isZero();
    assertThat(d.toDoubleArray()).containsExactly(expected, relative(expected, tolerance));
    assertThat(result.residual()).isLessThan(1e-8 * b.maxAbs());
  }

  @ParameterizedTest
  @CsvSource({"8, 40", "40, 8", "12, 12"})
  void agreesWithConjugateGradientsRunToConvergence(int rows, int dimension) {
    DenseFactor factor = DenseFactor.random(rows, dimension, 6);
    FlatVector b = random(Precision.DOUBLE, dimension, 7);
    LinearSystem system = LinearSystem.of(curvature(factor), 0.3, b);
    FlatVector exact = b.like();
    FlatVector iterated = b.like();

    create(Precision.DOUBLE, dimension).solve(system, EXACT, exact);
    new ConjugateGradient(Precision.DOUBLE, dimension)
        .solve(system, new SolveLimits(500, 1e-13), iterated);

    double[] expected = iterated.toDoubleArray();
    assertThat(exact.toDoubleArray()).containsExactly(expected, relative(expected, 1e-8));
  }

  /**
   * What is added to A^T A: the same for all or not, by a ridge, by the damping's scale, by both.
   */
  @ParameterizedTest
  @CsvSource({
    "0.3, 0, true",
    "0, 0.3, true",
    "0.3, 0.3, true",
    "0.3, 0, false",
    "0, 0.3, false",
    "0.3, 0.3, false"
  })
  void agreesWithADenseSolveWithARidge(double inRidge, double inScaling, boolean layered) {
    FlatVector ridge = varied(0.01, inRidge);
    FlatVector scaling = varied(1, inScaling);
    DenseFactor factor = new DenseFactor(FACTOR.toRows(), 1, layered).withRidge(ridge);
    FlatVector b = random(Precision.DOUBLE, MANY, 2);
    FlatVector d = b.like();

    SolveResult result =
        create(Precision.DOUBLE, MANY)
            .solve(LinearSystem.of(curvature(factor), 0.02, b).withScaling(scaling), EXACT, d);

    DenseMatrix damped = factor.curvature();
    for (int i = 0; i < MANY; i++) {
      damped.values()[i][i] += 0.02 * scaling.get(i);
    }
    double[] expected = denseSolve(damped, 0, b);
    assertThat(result.reason()).isEqualTo(SolveReason.EXACT);
    assertThat(d.toDoubleArray()).containsExactly(expected, relative(expected, 1e-10));
    assertThat(result.residual()).isLessThan(1e-10 * b.maxAbs());
  }

  private static FlatVector varied(double value, double by) {
    FlatVector vector = FlatVector.zeros(Precision.DOUBLE, MANY);
    for (int i = 0; i < MANY; i++) {
      vector.set(i, value * (1 + by * (i % 5)));
    }
    return vector;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-1, 10})
  void solvesInSinglePrecisionAsWellAsItsProductsAllow(double damping) {
    FlatVector b = random(Precision.FLOAT, MANY, 2);
    FlatVector d = b.like();

    SolveResult result =
        create(Precision.FLOAT, MANY)
            .solve(LinearSystem.of(curvature(FACTOR), damping, b), EXACT, d);

    double[] expected = denseSolve(FACTOR.curvature(), damping, b);
    assertThat(result.reason()).isEqualTo(SolveReason.EXACT);
    // Products round numbers of the size of |A|^2 |d|, |A|^2 about 80.
    assertThat(result.residual()).isLessThan(100 * Precision.FLOAT.epsilon() * 80 * d.maxAbs());
    assertThat(d.toDoubleArray()).containsExactly(expected, relative(expected, 1e-4));
  }

  @Test
  void takesTheCauchyPointWhereTheMatrixIsSingular() {
    // Two equal rows and, in the arithmetic of doubles, no damping.
    DenseFactor factor = new DenseFactor(new double[][] {{3, 3}, {3, 3}}, 1, true);
    FlatVector b = FlatVector.of(Precision.DOUBLE, 2, 1);
    FlatVector d = b.like();
    LinearSolver solver = create(Precision.DOUBLE, 2);

    SolveResult result = solver.solve(LinearSystem.of(curvature(factor), 1e-300, b), EXACT, d);

    // b.b = 5, A b = (9, 9), b.A^T A b = 162.
    assertThat(result.reason()).isEqualTo(SolveReason.SINGULAR);
    assertThat(d.toDoubleArray())
        .containsExactly(new double[] {-10.0 / 162, -5.0 / 162}, within(1e-15));
    double slope = 54 * 5.0 / 162;
    assertThat(solver.residual().toDoubleArray())
        .containsExactly(new double[] {2 - slope, 1 - slope}, within(1e-14));
    assertThat(result.residual()).isEqualTo(solver.residual().maxAbs());
  }

  @Test
  void followsCurvaturesOfOtherSizes() {
    LinearSolver solver = create(Precision.DOUBLE, N);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    for (int rows : new int[] {5, 9, 5}) {
      DenseFactor factor = DenseFactor.random(rows, N, rows);
      FlatVector d = b.like();

      solver.solve(LinearSystem.of(curvature(factor), 1, b), EXACT, d);

      assertThat(d.toDoubleArray())
          .containsExactly(denseSolve(factor.curvature(), 1, b), within(1e-10));
    }
  }

  static Offset<Double> relative(double[] expected, double tolerance) {
    return within(tolerance * Arrays.stream(expected).map(Math::abs).max().getAsDouble());
  }
}
