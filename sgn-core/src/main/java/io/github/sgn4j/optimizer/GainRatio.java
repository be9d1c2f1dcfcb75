package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.FlatVector;

/** Actual over predicted change of the loss: the trust region's measure of its model. */
final class GainRatio {

  private GainRatio() {}

  /**
   * The reference's ratio, (L1 - L0) / (0.5 (r + g).d) with r the solver's residual. If g were the
   * gradient that was solved with, the denominator would be the damped model's change for a full
   * step of size 1.
   */
  static double reference(double change, FlatVector residual, FlatVector gradient, FlatVector d) {
    return ratio(change, 0.5 * (residual.dot(d) + gradient.dot(d)));
  }

  /**
   * The ratio with the undamped quadratic model: a mHat.d + 0.5 a^2 d.Gd for step size a. No
   * product is needed, since Gd = r - mHat - rho d.
   *
   * @param slope mHat.d
   */
  static double undamped(
      double change,
      FlatVector residual,
      FlatVector d,
      double slope,
      double damping,
      double stepSize) {
    double curvature = residual.dot(d) - slope - damping * d.dot(d);
    return ratio(change, stepSize * slope + 0.5 * stepSize * stepSize * curvature);
  }

  private static double ratio(double change, double predicted) {
    return predicted == 0 ? Double.NaN : change / predicted;
  }
}
