package io.github.sgn4j.optimizer;

/**
 * Step size a and momentum b that minimise the quadratic model of the loss over the plane of the
 * direction d and the previous step s (Martens and Grosse 2015, section 7):
 *
 * <pre>
 * q(a, b) = a g.d + b g.s + 1/2 (a^2 d.Cd + 2 a b d.Cs + b^2 s.Cs)
 * </pre>
 *
 * <p>with g the (averaged) gradient and C the curvature, damped or not. The two products Cd and Cs
 * are the caller's; Cd is known from a solve's residual.
 *
 * <p>Where the plane is degenerate the step is the minimiser along d alone, with no momentum: s is
 * 0 (the first step), s has no positive curvature, or d and s are so nearly parallel in C's inner
 * product that rounding decides ((d.Cs)^2 above {@value #PARALLEL} of d.Cd s.Cs).
 *
 * @param stepSize a; 0 if refused
 * @param momentum b; 0 unless the whole plane was used
 * @param change q(a, b), 0 or less
 * @param outcome how it was found
 */
record QuadraticStep(double stepSize, double momentum, double change, Outcome outcome) {

  /** How a step was found. */
  enum Outcome {
    /** The minimiser over d and s. */
    PLANE,
    /** The minimiser along d: s adds nothing that can be told from rounding. */
    LINE,
    /** Refused: d has no positive curvature, so that the model has no minimum along it. */
    NON_POSITIVE_CURVATURE,
    /** Refused: a term is NaN or infinite, or the step would be. */
    NON_FINITE
  }

  /**
   * What the model is made of.
   *
   * @param gd g.d
   * @param gs g.s
   * @param dCd d.Cd
   * @param dCs d.Cs
   * @param sCs s.Cs
   */
  record Terms(double gd, double gs, double dCd, double dCs, double sCs) {

    /**
     * With C + rho D instead of C.
     *
     * @param rho the damping
     * @param dd d.Dd
     * @param ds d.Ds
     * @param ss s.Ds
     */
    Terms damped(double rho, double dd, double ds, double ss) {
      return new Terms(gd, gs, dCd + rho * dd, dCs + rho * ds, sCs + rho * ss);
    }

    private boolean isFinite() {
      // Zero times anything finite is zero, and NaN survives the sum.
      return 0 * gd + 0 * gs + 0 * dCd + 0 * dCs + 0 * sCs == 0;
    }
  }

  /**
   * Single-precision products leave the cosine's square right to about 1e-6: what is left of 1 is
   * then known to a percent.
   */
  static final double PARALLEL = 1 - 1e-4;

  /** The minimiser of that model. */
  static QuadraticStep minimise(Terms terms) {
    if (!terms.isFinite()) {
      return refused(Outcome.NON_FINITE);
    }
    if (terms.dCd <= 0) {
      return refused(Outcome.NON_POSITIVE_CURVATURE);
    }
    // In units in which d.Cd = s.Cs = 1: lengths of d and s do not matter, and nothing overflows.
    double d = Math.sqrt(terms.dCd);
    double gd = terms.gd / d;
    if (terms.sCs > 0) {
      double s = Math.sqrt(terms.sCs);
      double gs = terms.gs / s;
      double cosine = terms.dCs / d / s;
      if (cosine * cosine <= PARALLEL) {
        double sineSquared = (1 - cosine) * (1 + cosine);
        double a = (cosine * gs - gd) / sineSquared;
        double b = (cosine * gd - gs) / sineSquared;
        return step(a / d, b / s, 0.5 * (a * gd + b * gs), Outcome.PLANE);
      }
    }
    return step(-gd / d, 0, -0.5 * gd * gd, Outcome.LINE);
  }

  private static QuadraticStep step(double a, double b, double change, Outcome outcome) {
    return Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(change)
        ? new QuadraticStep(a, b, change, outcome)
        : refused(Outcome.NON_FINITE);
  }

  private static QuadraticStep refused(Outcome outcome) {
    return new QuadraticStep(0, 0, 0, outcome);
  }

  /** Whether there is no step. */
  boolean isRefused() {
    return outcome == Outcome.NON_POSITIVE_CURVATURE || outcome == Outcome.NON_FINITE;
  }
}
