package io.github.sgn4j.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.linesearch.ArmijoBacktracking;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.samediff.ArrayDataset;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.solver.LinearSolver;
import io.github.sgn4j.solver.LinearSystem;
import io.github.sgn4j.solver.SolveLimits;
import io.github.sgn4j.solver.SolveReason;
import io.github.sgn4j.solver.SolveResult;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingResult;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code of docs/extending.md on solvers and damping policies, put to work. */
class OwnSolverTest {

  /** Steepest descent with exact steps: as slow as it is short. */
  static final class SteepestDescent implements LinearSolver {

    private final FlatVector residual;
    private final FlatVector product;

    SteepestDescent(Precision precision, int dimension) {
      residual = FlatVector.zeros(precision, dimension);
      product = residual.like();
    }

    @Override
    public SolveResult solve(LinearSystem system, SolveLimits limits, FlatVector direction) {
      if (system.scaling() != null) {
        throw new IllegalArgumentException("steepest descent takes no scaled damping; take CG");
      }
      CurvatureOperator curvature = system.curvature();
      direction.fill(0);
      residual.assign(system.b());
      for (int i = 0; i < limits.maxIterations(); i++) {
        double squared = residual.dot(residual);
        if (residual.maxAbs() <= limits.tolerance() || squared == 0) {
          return new SolveResult(SolveReason.CONVERGED, i, i, residual.maxAbs());
        }
        curvature.apply(residual, product);
        product.axpy(system.damping(), residual);
        double along = residual.dot(product);
        if (!(along > 0) || along == Double.POSITIVE_INFINITY) {
          SolveReason reason =
              along <= 0 ? SolveReason.NON_POSITIVE_CURVATURE : SolveReason.NON_FINITE;
          return new SolveResult(reason, i, i + 1, residual.maxAbs());
        }
        direction.axpy(-squared / along, residual);
        residual.axpy(-squared / along, product);
      }
      int iterations = limits.maxIterations();
      return new SolveResult(SolveReason.LIMIT, iterations, iterations, residual.maxAbs());
    }

    @Override
    public FlatVector residual() {
      return residual;
    }
  }

  @Test
  void solves() {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(6, 1);
    FlatVector b = FlatVector.of(Precision.DOUBLE, 1, -2, 3, 0, 5, 1);
    FlatVector d = b.like();
    LinearSystem system = LinearSystem.of(matrix, 1, b);

    SolveResult result =
        new SteepestDescent(Precision.DOUBLE, 6).solve(system, new SolveLimits(10_000, 1e-12), d);

    assertThat(result.reason()).isEqualTo(SolveReason.CONVERGED);
    FlatVector check = b.like();
    matrix.apply(d, check);
    check.axpy(1, d);
    check.axpy(1, b);
    assertThat(check.maxAbs()).isCloseTo(0, within(1e-11));
  }

  @Test
  void trains() {
    Nd4j.getRandom().setSeed(5);
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.DOUBLE, -1, 2);
    SDVariable w0 = model.var("w0", Nd4j.randn(DataType.DOUBLE, 2, 8));
    SDVariable w1 = model.var("w1", Nd4j.randn(DataType.DOUBLE, 8, 1));
    model.math().tanh(x.mmul(w0)).mmul(w1).rename("y");
    INDArray inputs = Nd4j.randn(DataType.DOUBLE, 200, 2);
    ArrayDataset data = ArrayDataset.of(inputs, inputs.sum(1).reshape(200, 1));
    TrainingResult result;
    try (SameDiffObjective objective =
        SameDiffObjective.builder(model).output("y").loss(Losses.meanSquaredError()).build()) {
      SgnOptimizer sgn =
          new SgnOptimizer(
              objective,
              SgnOptions.reference(),
              new SteepestDescent(objective.precision(), objective.parameters().dimension()),
              new OwnDampingTest.ThreefoldDamping(0.1),
              new ArmijoBacktracking(1e-4, 0.5, 10, true));
      result = Trainer.builder(sgn, data.batches(50, 1)).epochs(30).build().run();
    }

    assertThat(result.epochs().get(29).avgLoss()).isLessThan(result.epochs().get(0).avgLoss() / 3);
  }
}
