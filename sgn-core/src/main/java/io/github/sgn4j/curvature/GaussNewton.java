package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import java.util.Objects;

/**
 * The generalized Gauss-Newton matrix G = J^T H J of an objective at one theta and batch: J is the
 * Jacobian of the network's output, H the loss's Hessian with respect to it. Positive semidefinite
 * for every loss that is convex in the output (Schraudolph 2002; Gargiani et al. 2020, eq. 5).
 *
 * <p>Usable while the linearization is open; it is the caller's to close.
 */
public final class GaussNewton implements CurvatureOperator {

  private final Linearization linearization;
  private final int dimension;

  /**
   * The Gauss-Newton matrix of that linearization.
   *
   * @param dimension number of parameters
   */
  public GaussNewton(Linearization linearization, int dimension) {
    this.linearization = Objects.requireNonNull(linearization, "linearization");
    this.dimension = dimension;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void apply(FlatVector v, FlatVector result) {
    linearization.ggnVectorProduct(v, result);
  }
}
