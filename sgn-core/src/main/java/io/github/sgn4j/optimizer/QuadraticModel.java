package io.github.sgn4j.optimizer;

/**
 * The quadratic model of the loss over the direction d and the step before, s, as scalars: with C
 * the undamped curvature, m the (averaged) gradient and R = rho D the damping.
 *
 * @param slope m.d
 * @param curvature d.Cd
 * @param damping d.Rd
 * @param lastSlope m.s; as all that follows, 0 where no step before is taken into account
 * @param cross d.Cs
 * @param crossDamping d.Rs
 * @param lastCurvature s.Cs
 * @param lastDamping s.Rs
 */
record QuadraticModel(
    double slope,
    double curvature,
    double damping,
    double lastSlope,
    double cross,
    double crossDamping,
    double lastCurvature,
    double lastDamping) {

  /** The model over d alone. */
  QuadraticModel(double slope, double curvature, double damping) {
    this(slope, curvature, damping, 0, 0, 0, 0, 0);
  }

  /** The undamped model's change of the loss for the step a d + b s. */
  double change(double a, double b) {
    return a * slope
        + b * lastSlope
        + 0.5 * a * a * curvature
        + a * b * cross
        + 0.5 * b * b * lastCurvature;
  }

  /**
   * What a step is chosen by: the undamped model along d, or the damped one over d and s, where
   * nothing else keeps the two together in bounds.
   */
  QuadraticStep.Terms terms(boolean plane) {
    return plane
        ? new QuadraticStep.Terms(
            slope,
            lastSlope,
            curvature + damping,
            cross + crossDamping,
            lastCurvature + lastDamping)
        : new QuadraticStep.Terms(slope, 0, curvature, 0, 0);
  }
}
