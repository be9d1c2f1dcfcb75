package io.github.sgn4j.damping;

import java.util.Objects;

/**
 * Damping that follows the gain ratio (Levenberg-Marquardt; Nocedal and Wright, algorithm 4.1, used
 * for rho): a ratio below 1/4 multiplies it by 3/2, one above 3/4 by 2/3, not below the floor. A
 * rejected or invalid step multiplies it by 3/2, not above the ceiling. A NaN ratio leaves it
 * alone. Other factors may be given.
 *
 * <p>A damping of 0 stays 0.
 */
public final class TrustRegionDamping implements DampingPolicy {

  private static final double POOR = 1.0 / 4;
  private static final double GOOD = 3.0 / 4;

  private final double floor;
  private final double ceiling;
  private final GainRatioFactors factors;
  private double damping;

  /**
   * The reference's policy before its first step: it may grow to the largest number there is.
   *
   * @param initial finite, 0 or more
   * @param floor finite, 0 or more; binds when the damping falls, not when it starts below
   */
  public TrustRegionDamping(double initial, double floor) {
    this(initial, floor, Double.MAX_VALUE, GainRatioFactors.REFERENCE);
  }

  /**
   * The policy before its first step.
   *
   * @param initial finite, 0 or more, at most the ceiling
   * @param floor finite, 0 or more, at most the ceiling; binds when the damping falls, not when it
   *     starts below
   * @param ceiling finite; the damping never exceeds it
   * @param factors by what the damping grows and falls
   */
  public TrustRegionDamping(
      double initial, double floor, double ceiling, GainRatioFactors factors) {
    this.ceiling = Ranges.nonNegative("ceiling", ceiling);
    this.floor = Ranges.atMost(ceiling, "floor", Ranges.nonNegative("floor", floor));
    this.factors = Objects.requireNonNull(factors, "factors");
    this.damping = checked(initial);
  }

  private double checked(double value) {
    return Ranges.atMost(ceiling, "damping", Ranges.nonNegative("damping", value));
  }

  @Override
  public double at(long step, double gradientNorm) {
    return damping;
  }

  @Override
  public double current() {
    return damping;
  }

  @Override
  public void restore(double... memory) {
    damping = checked(Ranges.only(memory));
  }

  /** Below the floor it stays until it has grown beyond it, as an initial damping does. */
  @Override
  public void set(double value) {
    damping = checked(value);
  }

  @Override
  public boolean usesGainRatio() {
    return true;
  }

  @Override
  public void accepted(double gainRatio) {
    if (gainRatio < POOR) {
      grow(factors.growth());
    } else if (gainRatio > GOOD) {
      damping = Math.max(factors.decay() * damping, floor);
    }
  }

  @Override
  public void rejected(double gainRatio) {
    grow(factors.rejection());
  }

  @Override
  public void invalid() {
    grow(factors.rejection());
  }

  private void grow(double factor) {
    damping = Math.min(factor * damping, ceiling);
  }
}
