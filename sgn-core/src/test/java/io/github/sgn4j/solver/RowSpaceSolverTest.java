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
import org.junit.jupiter.api.Test;

class RowSpaceSolverTest extends DirectSolverContract {

  @Override
  LinearSolver create(Precision precision, int dimension) {
    return new RowSpaceSolver(precision, dimension);
  }

  @Override
  CurvatureOperator curvature(DenseFactor factor) {
    return new FactorCurvature(factor);
  }

  @Override
  boolean needsDamping() {
    return true;
  }

  @Override
  double accuracy(double condition) {
    return 1e-8;
  }

  @Test
  void takesProductsWhereTheFactorHasNoLayers() {
    DenseFactor factor = DenseFactor.random(5, N, 4);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    FlatVector layered = b.like();
    FlatVector d = b.like();
    LinearSolver solver = create(Precision.DOUBLE, N);
    SolveResult few = solver.solve(LinearSystem.of(curvature(factor), 0.1, b), EXACT, layered);

    SolveResult many =
        solver.solve(LinearSystem.of(curvature(factor.withoutLayers()), 0.1, b), EXACT, d);

    assertThat(d.toDoubleArray()).containsExactly(layered.toDoubleArray(), within(1e-13));
    // Assembly, the solve itself, the residual.
    assertThat(few.products()).isEqualTo(3);
    assertThat(many.products()).isEqualTo(5 + 2);
  }

  @Test
  void takesProductsWhereTheRowsThatTheGramMatrixNeedsDoNotFit() {
    DenseFactor factor = DenseFactor.random(5, N, 4);
    FlatVector b = random(Precision.DOUBLE, N, 2);
    long rows = Double.BYTES * 5L * N;

    assertThat(products(factor.withGramOfRows(), rows, b)).isEqualTo(3);
    assertThat(products(factor.withGramOfRows(), rows - 1, b)).isEqualTo(5 + 2);
    assertThat(products(factor, 0, b)).isEqualTo(3);
  }

  private long products(DenseFactor factor, long rowsMemory, FlatVector b) {
    return new RowSpaceSolver(Precision.DOUBLE, N, rowsMemory)
        .solve(LinearSystem.of(curvature(factor), 0.1, b), EXACT, b.like())
        .products();
  }

  @Test
  void solvesWithTheBlockedFactorisationOfLargeMatrices() {
    int rows = 1001;
    DenseFactor factor = DenseFactor.random(rows, 3, 4);
    FlatVector b = random(Precision.DOUBLE, 3, 2);
    FlatVector d = b.like();

    SolveResult result =
        create(Precision.DOUBLE, 3).solve(LinearSystem.of(curvature(factor), 1, b), EXACT, d);

    double[] expected = denseSolve(factor.curvature(), 1, b);
    assertThat(result.reason()).isEqualTo(SolveReason.EXACT);
    assertThat(d.toDoubleArray()).containsExactly(expected, relative(expected, 1e-8));
  }

  @Test
  void refusesCurvaturesWithoutAFactor() {
    FlatVector b = random(Precision.DOUBLE, N, 2);

    assertThatThrownBy(
            () ->
                create(Precision.DOUBLE, N)
                    .solve(
                        LinearSystem.of(DenseMatrix.positiveDefinite(N, 1), 1, b), EXACT, b.like()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FactorCurvature, not a DenseMatrix: use conjugate gradients");
  }
}
