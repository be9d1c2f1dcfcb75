package io.github.sgn4j.golden;

import io.github.sgn4j.optimizer.SgnOptions;

/**
 * How far one step that starts from the recorded state may be from the recorded one, by how much a
 * solve of that many iterations amplifies rounding. Infinite where a comparison says nothing.
 *
 * @param gradient for loss, gradient, its average and the preconditioner
 * @param direction for Delta_theta
 * @param theta for the new parameters
 * @param residual for r
 * @param gainRatio for red_ratio and rhs_slope
 * @param trialLoss for lhs
 * @param cgIterations by how many iterations the solve may be longer or shorter
 */
record SgnTolerances(
    double gradient,
    double direction,
    double theta,
    double residual,
    double gainRatio,
    double trialLoss,
    int cgIterations) {

  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final double TOO_SENSITIVE = 1e-6;

  static SgnTolerances of(
      SgnOptions options, boolean saturated, boolean saturatedTrial, double sensitivity) {
    int limit = Math.max(options.cgMaxIterations(), options.cgMinIterations());
    boolean shallow = limit <= 3;
    boolean medium = limit <= 5 || options.cgTolerance() >= 1e-3;
    if (saturated) {
      return shallow
          ? new SgnTolerances(1e-6, 1e-6, 1e-6, ANY, ANY, ANY, 0)
          : new SgnTolerances(1e-6, ANY, ANY, ANY, ANY, ANY, 2);
    }
    if (shallow) {
      return saturatedTrial
          ? new SgnTolerances(1e-12, 1e-9, 1e-9, 1e-7, 1e-5, 1e-6, 0)
          : new SgnTolerances(1e-12, 1e-9, 1e-9, 1e-7, 1e-7, 1e-7, 0);
    }
    if (medium) {
      return new SgnTolerances(1e-12, 1e-6, 1e-6, ANY, 1e-5, 1e-6, 0);
    }
    double direction = sensitivity < TOO_SENSITIVE ? Math.max(1e-6, 100 * sensitivity) : ANY;
    return new SgnTolerances(1e-12, direction, ANY, ANY, ANY, ANY, 2);
  }
}
