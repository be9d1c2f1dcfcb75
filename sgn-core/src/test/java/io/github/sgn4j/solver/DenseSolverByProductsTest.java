package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseFactor;
import io.github.sgn4j.testkit.DenseMatrix;

/** The dense solver on curvatures that are known by products alone. */
class DenseSolverByProductsTest extends DirectSolverContract {

  @Override
  LinearSolver create(Precision precision, int dimension) {
    return new DenseSolver(precision, dimension);
  }

  @Override
  CurvatureOperator curvature(DenseMatrix a) {
    return a;
  }

  @Override
  CurvatureOperator curvature(DenseFactor factor) {
    return new FactorCurvature(factor.withoutLayers());
  }
}
