package io.github.sgn4j.optimizer;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.curvature.GaussNewton;
import io.github.sgn4j.curvature.HessianOperator;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import java.util.Optional;

/** Makes the operator of a step's curvature. */
final class CurvatureChoice {

  private final Objective objective;
  private final CurvatureKind kind;
  private final boolean factored;

  /** As those options say; with the factor where their solver takes one. */
  CurvatureChoice(Objective objective, SgnOptions options) {
    this.objective = objective;
    this.kind = options.curvature();
    this.factored = options.solver() != SolverKind.CG;
  }

  /**
   * The operator at theta on a batch, whose linearization is open.
   *
   * @param step seeds drawn targets
   * @throws IllegalArgumentException if the model's loss has no such curvature
   */
  CurvatureOperator at(Linearization linearization, FlatVector theta, Batch batch, long step) {
    return switch (kind) {
      case GAUSS_NEWTON -> gaussNewton(linearization, theta.length());
      case EMPIRICAL_FISHER -> new FactorCurvature(known(linearization.empiricalFisherFactor()));
      case SAMPLED_FISHER -> new FactorCurvature(known(linearization.sampledFisherFactor(1, step)));
      case HESSIAN -> new HessianOperator(objective, theta, batch);
    };
  }

  private CurvatureOperator gaussNewton(Linearization linearization, int dimension) {
    GaussNewton products = new GaussNewton(linearization, dimension);
    return factored
        ? linearization.ggnFactor().<CurvatureOperator>map(FactorCurvature::new).orElse(products)
        : products;
  }

  private CurvatureFactor known(Optional<CurvatureFactor> factor) {
    return factor.orElseThrow(
        () ->
            new IllegalArgumentException(
                "option curvature = "
                    + kind
                    + " needs a loss of the library, given by loss(...) or recognised in the model;"
                    + " take GAUSS_NEWTON"));
  }
}
