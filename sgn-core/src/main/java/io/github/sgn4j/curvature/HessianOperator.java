package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import java.util.Objects;

/**
 * An approximation of the Hessian of an objective at one theta and batch, by central differences of
 * gradients (Nocedal and Wright, section 8.1):
 *
 * <pre>
 * H v = (g(theta + e v) - g(theta - e v)) / (2 e) + O(e^2),  e = u^(1/3) (1 + |theta|) / |v|
 * </pre>
 *
 * <p>with u the distance from 1 to the next number. This e balances the truncation, of the order of
 * e^2, with the rounding of the gradients, of the order of u / e; e v moves theta by 6e-6 of its
 * norm in double precision and by 5e-3 in single precision. Relative to a product's largest element
 * errors of 3e-10 and 2e-4 were measured (perceptrons of up to 13,110 parameters): in single
 * precision too coarse for directions of small curvature. Where gradients jump (relu) the
 * difference may reach across.
 *
 * <p>Other than the Gauss-Newton matrix it is indefinite in general, and it is symmetric up to the
 * error only. A solver that needs positive curvature says when it meets none. When to use: to
 * compare curvatures, for eigenvalues and traces, for losses whose second derivatives matter.
 *
 * <p>A product takes two linearizations and two gradients: two to four Gauss-Newton products' time.
 * It holds copies of theta, nothing that has to be closed.
 */
public final class HessianOperator implements CurvatureOperator {

  private final Objective objective;
  private final Batch batch;
  private final FlatVector theta;
  private final FlatVector shifted;
  private final FlatVector gradient;
  private final double reach;

  /**
   * The Hessian there.
   *
   * @param theta copied
   * @throws IllegalArgumentException if theta does not fit the objective or is not finite
   */
  public HessianOperator(Objective objective, FlatVector theta, Batch batch) {
    this.objective = Objects.requireNonNull(objective, "objective");
    this.batch = Objects.requireNonNull(batch, "batch");
    if (theta.length() != objective.parameters().dimension()
        || theta.precision() != objective.precision()) {
      throw new IllegalArgumentException(
          String.format(
              "theta of %d %s does not go with an objective of %d %s",
              theta.length(),
              theta.precision(),
              objective.parameters().dimension(),
              objective.precision()));
    }
    double norm = theta.norm();
    if (!Double.isFinite(norm)) {
      throw new IllegalArgumentException("|theta| = " + norm + ": must be finite");
    }
    this.theta = theta.copy();
    shifted = theta.like();
    gradient = theta.like();
    reach = Math.cbrt(theta.precision().epsilon()) * (1 + norm);
  }

  @Override
  public int dimension() {
    return theta.length();
  }

  /**
   * {@inheritDoc}
   *
   * <p>0 for a v whose norm is 0. NaN in every element for a v whose norm is not finite, so that a
   * solver reports it as it reports other products; likewise where a gradient is not finite.
   */
  @Override
  public void apply(FlatVector v, FlatVector result) {
    double norm = v.norm();
    if (norm == 0) {
      result.fill(0);
      return;
    }
    if (!Double.isFinite(norm)) {
      result.fill(Double.NaN);
      return;
    }
    double e = reach / norm;
    gradientAt(e, v, result);
    gradientAt(-e, v, gradient);
    result.axpy(-1, gradient);
    result.scale(1 / (2 * e));
  }

  private void gradientAt(double e, FlatVector v, FlatVector into) {
    shifted.assign(theta);
    shifted.axpy(e, v);
    try (Linearization linearization = objective.linearize(shifted, batch)) {
      linearization.gradient(into);
    }
  }
}
