package io.github.sgn4j.damping;

/**
 * Damping in proportion to the gradient, rho = kappa |m| with m the (averaged) gradient and a
 * factor kappa that follows the gain ratio as {@link TrustRegionDamping} follows it: below 1/4
 * kappa is multiplied by 3/2, above 3/4 by 2/3, a rejected or invalid step multiplies it by 4, all
 * within [floor, ceiling].
 *
 * <p>Newton's method on convex functions, regularized like this, converges quadratically even to
 * minima at which the Hessian is singular (Li, Fukushima, Qi and Yamashita 2004). Away from them it
 * bounds the step: |d| &lt;= |m| / rho = 1 / kappa for a solve from 0. A gradient that grows
 * tenfold from one mini-batch to the next is met at once, not after the six steps in which 3/2 adds
 * up to ten. When to use: warm-started and preconditioned solves, whose long steps a rho that only
 * the gain ratio moves does not hold.
 */
public final class GradientNormDamping implements DampingPolicy {

  /** The least kappa unless another is given. */
  public static final double FLOOR = 1e-3;

  /** The largest kappa unless another is given. */
  public static final double CEILING = 1e4;

  /** 3/2, 2/3 and 4. */
  public static final GainRatioFactors FACTORS = GainRatioFactors.REFERENCE.withRejection(4);

  // In single precision, too, nothing below may become 0 and nothing above infinite.
  private static final double LEAST = Float.MIN_NORMAL;
  private static final double LARGEST = Float.MAX_VALUE;

  private final double floor;
  private final double ceiling;
  private final TrustRegionDamping kappa;
  private double lastNorm = Double.NaN;

  /**
   * The policy before its first step, kappa within [{@value #FLOOR}, {@value #CEILING}].
   *
   * @param initial kappa of the first step
   */
  public GradientNormDamping(double initial) {
    this(initial, FLOOR, CEILING, FACTORS);
  }

  /**
   * The policy before its first step.
   *
   * @param initial kappa of the first step, in [floor, ceiling]
   * @param floor above 0
   * @param ceiling finite, at least floor
   * @param factors by what kappa grows and falls
   */
  public GradientNormDamping(
      double initial, double floor, double ceiling, GainRatioFactors factors) {
    this.floor = Ranges.positive("floor", floor);
    this.ceiling = ceiling;
    this.kappa = new TrustRegionDamping(initial, floor, ceiling, factors);
    Ranges.atLeast(floor, "damping", initial);
  }

  /**
   * kappa |m|, at least 1e-38 and at most 3e38 (the smallest and largest normal numbers in single
   * precision), so that it is positive and finite in either precision. A norm that is NaN or
   * infinite counts as the largest: hardly any step is safe then.
   */
  @Override
  public double at(long step, double gradientNorm) {
    lastNorm = gradientNorm;
    double rho = kappa.current() * gradientNorm;
    // False for NaN, too.
    return rho < LARGEST ? Math.max(rho, LEAST) : LARGEST;
  }

  /** kappa. */
  @Override
  public double current() {
    return kappa.current();
  }

  /** kappa and the norm of the last step, which {@link #set} needs; NaN before the first. */
  @Override
  public double[] memory() {
    return new double[] {kappa.current(), lastNorm};
  }

  @Override
  public void restore(double... memory) {
    if (memory.length != 2) {
      throw new IllegalArgumentException(
          "the damping in proportion to the gradient carries 2 numbers between steps, not "
              + memory.length);
    }
    double norm = memory[1];
    if (norm < 0) {
      throw new IllegalArgumentException("gradient norm = " + norm + ": must be at least 0");
    }
    double value = Ranges.nonNegative("damping", memory[0]);
    kappa.restore(Ranges.atLeast(floor, "damping", value));
    lastNorm = norm;
  }

  /**
   * Sets kappa = rho / |m| with the norm of the last step: the damping is rho where the gradient
   * stays as long as it is. kappa keeps to its bounds.
   *
   * @throws IllegalArgumentException if rho is negative or not finite
   * @throws IllegalStateException if there was no step yet to take the norm from, or its norm is
   *     not a finite number above 0
   */
  @Override
  public void set(double damping) {
    Ranges.nonNegative("damping", damping);
    if (!(lastNorm > 0 && lastNorm < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException(
          "damping = "
              + damping
              + ": this damping is a share of the gradient's norm, which is "
              + (Double.isNaN(lastNorm) ? "not known yet" : lastNorm)
              + "; set it after a step, or give the share as an option");
    }
    kappa.restore(Math.min(Math.max(damping / lastNorm, floor), ceiling));
  }

  @Override
  public boolean usesGainRatio() {
    return true;
  }

  @Override
  public void accepted(double gainRatio) {
    kappa.accepted(gainRatio);
  }

  @Override
  public void rejected(double gainRatio) {
    kappa.rejected(gainRatio);
  }

  @Override
  public void invalid() {
    kappa.invalid();
  }
}
