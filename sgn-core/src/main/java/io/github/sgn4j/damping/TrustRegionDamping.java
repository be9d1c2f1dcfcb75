package io.github.sgn4j.damping;

/**
 * Damping that follows the gain ratio (Levenberg-Marquardt; Nocedal and Wright, algorithm 4.1, used
 * for rho): a ratio below 1/4 multiplies it by 3/2, one above 3/4 by 2/3, not below the floor. A
 * rejected or invalid step multiplies it by 3/2. A NaN ratio leaves it alone.
 *
 * <p>A damping of 0 stays 0.
 */
public final class TrustRegionDamping implements DampingPolicy {

  private static final double POOR = 1.0 / 4;
  private static final double GOOD = 3.0 / 4;
  private static final double GROWTH = 3.0 / 2;
  private static final double DECAY = 2.0 / 3;

  private final double floor;
  private double damping;

  /**
   * The policy before its first step.
   *
   * @param initial finite, 0 or more
   * @param floor finite, 0 or more; binds when the damping falls, not when it starts below
   */
  public TrustRegionDamping(double initial, double floor) {
    this.damping = Ranges.nonNegative("damping", initial);
    this.floor = Ranges.nonNegative("floor", floor);
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
    damping = Ranges.nonNegative("damping", Ranges.only(memory));
  }

  @Override
  public boolean usesGainRatio() {
    return true;
  }

  @Override
  public void accepted(double gainRatio) {
    if (gainRatio < POOR) {
      grow();
    } else if (gainRatio > GOOD) {
      damping = Math.max(DECAY * damping, floor);
    }
  }

  @Override
  public void rejected(double gainRatio) {
    grow();
  }

  @Override
  public void invalid() {
    grow();
  }

  private void grow() {
    damping = Math.min(GROWTH * damping, Double.MAX_VALUE);
  }
}
