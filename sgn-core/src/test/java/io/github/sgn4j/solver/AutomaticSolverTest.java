package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseFactor;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As every solver; and that it takes the one that the cost model names. */
class AutomaticSolverTest extends LinearSolverContract {

  private static final long MEMORY = 1 << 20;
  private static final int FEW_ROWS = 6;
  private static final int PARAMETERS = 40;

  @Override
  LinearSolver create(Precision precision, int dimension) {
    return automatic(precision, dimension);
  }

  private static AutomaticSolver automatic(Precision precision, int dimension) {
    return automatic(precision, dimension, MEMORY);
  }

  private static AutomaticSolver automatic(Precision precision, int dimension, long memory) {
    ParameterSpace space = ParameterSpace.of(Map.of("theta", new long[] {dimension}));
    return new AutomaticSolver(precision, space, memory, SolveRates.NATIVE);
  }

  @Test
  void countsAGramMatrixAsProductsWhereTheRowsThatItNeedsDoNotFit() {
    DenseFactor factor = DenseFactor.random(FEW_ROWS, PARAMETERS, 1);
    FlatVector b = random(Precision.DOUBLE, PARAMETERS, 2);
    long rows = Double.BYTES * (long) FEW_ROWS * PARAMETERS;

    double byProducts = rowSpaceCost(factor.withoutLayers(), rows, b);
    double layered = rowSpaceCost(factor, rows, b);

    assertThat(layered).isLessThan(byProducts);
    assertThat(rowSpaceCost(factor.withGramOfRows(), rows, b)).isEqualTo(layered);
    assertThat(rowSpaceCost(factor.withGramOfRows(), rows - 1, b)).isEqualTo(byProducts);
  }

  private static double rowSpaceCost(DenseFactor factor, long memory, FlatVector b) {
    AutomaticSolver solver = automatic(Precision.DOUBLE, PARAMETERS, memory);
    solver.solve(
        LinearSystem.of(new FactorCurvature(factor), 0.1, b), new SolveLimits(1, 0), b.like());
    return solver.choice().rowSpace();
  }

  @Test
  void solvesInTheRowSpaceWhereThatIsCheaper() {
    DenseFactor factor = DenseFactor.random(FEW_ROWS, PARAMETERS, 1);
    FlatVector b = random(Precision.DOUBLE, PARAMETERS, 2);
    FlatVector exact = b.like();
    FlatVector direct = b.like();
    AutomaticSolver solver = automatic(Precision.DOUBLE, PARAMETERS);
    LinearSystem system = LinearSystem.of(new FactorCurvature(factor), 0.1, b);

    SolveResult result = solver.solve(system, new SolveLimits(200, 1e-14), direct);
    new ConjugateGradient(Precision.DOUBLE, PARAMETERS)
        .solve(system, new SolveLimits(200, 1e-14), exact);

    assertThat(solver.choice().method()).isEqualTo(SolverChoice.Method.ROW_SPACE);
    assertThat(result.reason()).isEqualTo(SolveReason.EXACT);
    assertThat(direct.toDoubleArray()).containsExactly(exact.toDoubleArray(), within(1e-8));
  }

  @Test
  void takesConjugateGradientsForFewIterations() {
    DenseFactor factor = DenseFactor.random(FEW_ROWS, PARAMETERS, 1);
    FlatVector b = random(Precision.DOUBLE, PARAMETERS, 2);
    AutomaticSolver solver = automatic(Precision.DOUBLE, PARAMETERS);

    SolveResult result =
        solver.solve(
            LinearSystem.of(new FactorCurvature(factor), 0.1, b), new SolveLimits(1, 0), b.like());

    assertThat(solver.choice().method()).isEqualTo(SolverChoice.Method.CONJUGATE_GRADIENT);
    assertThat(result.iterations()).isEqualTo(1);
  }

  @Test
  void takesNoRowSpaceWithoutDampingOrWithScaling() {
    DenseFactor factor = DenseFactor.random(FEW_ROWS, PARAMETERS, 1);
    FlatVector b = random(Precision.DOUBLE, PARAMETERS, 2);
    FlatVector scaling = b.like();
    scaling.fill(2);
    AutomaticSolver solver = automatic(Precision.DOUBLE, PARAMETERS);
    LinearSystem system = LinearSystem.of(new FactorCurvature(factor), 0.1, b);

    SolveResult result =
        solver.solve(system.withScaling(scaling), new SolveLimits(200, 1e-12), b.like());

    assertThat(result.reason()).isEqualTo(SolveReason.CONVERGED);
  }

  @Test
  void knowsOnlyConjugateGradientsForProducts() {
    AutomaticSolver solver = automatic(Precision.DOUBLE, N);
    FlatVector b = random(Precision.DOUBLE, N, 2);

    solver.solve(LinearSystem.of(DenseMatrix.positiveDefinite(N, 1), 1, b), EXACT, b.like());

    assertThat(solver.choice()).isNull();
  }
}
