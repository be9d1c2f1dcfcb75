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

  /** The ratio with that prediction; NaN if nothing was predicted. */
  static double ratio(double change, double predicted) {
    return predicted == 0 ? Double.NaN : change / predicted;
  }
}
