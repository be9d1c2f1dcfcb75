package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseFactor;
import io.github.sgn4j.testkit.DenseMatrix;
import org.junit.jupiter.api.Test;

class DenseSolverTest extends DirectSolverContract {

  @Override
  LinearSolver create(Precision precision, int dimension) {
    return new DenseSolver(precision, dimension);
  }

  @Override
  CurvatureOperator curvature(DenseFactor factor) {
    return new FactorCurvature(factor);
  }

  @Test
  void takesAFactorsRowsOnlyIfTheyFitTheMemory() {
    DenseFactor factor = DenseFactor.random(5, N, 4);
    LinearSystem system = LinearSystem.of(curvature(factor), 0.1, random(Precision.DOUBLE, N, 2));
    FlatVector byRows = system.b().like();
    FlatVector byProducts = system.b().like();
    long bytes = 5L * N * Double.BYTES;

    SolveResult few = new DenseSolver(Precision.DOUBLE, N, bytes).solve(system, EXACT, byRows);
    SolveResult many =
        new DenseSolver(Precision.DOUBLE, N, bytes - 1).solve(system, EXACT, byProducts);

    // The assembly, the residual.
    assertThat(few.products()).isEqualTo(2);
    assertThat(many.products()).isEqualTo(N + 1);
    assertThat(byProducts.toDoubleArray()).containsExactly(byRows.toDoubleArray(), within(1e-12));
  }

  @Test
  void reportsAnIndefiniteMatrixAsSingular() {
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, 2);
    FlatVector d = b.like();

    SolveResult result =
        create(Precision.DOUBLE, 2)
            .solve(LinearSystem.of(DenseMatrix.diagonal(-3, -4), 1, b), EXACT, d);

    assertThat(result.reason()).isEqualTo(SolveReason.SINGULAR);
    // No minimum along b: plain steepest descent.
    assertThat(d.toDoubleArray()).containsExactly(-1, -2);
  }
}
