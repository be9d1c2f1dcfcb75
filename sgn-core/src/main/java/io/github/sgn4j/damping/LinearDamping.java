package io.github.sgn4j.damping;

/**
 * Damping that falls linearly, rho0 + (floor - rho0) / (K - 1) * (t - 1) in step t, and stays at
 * the floor from step K on (the reference's RHO_DECAY = linear).
 */
public final class LinearDamping extends ScheduledDamping {

  private final double floor;
  private final int lastStep;

  /**
   * The schedule.
   *
   * @param initial rho0, finite, 0 or more
   * @param floor finite, 0 or more; above rho0 it holds from the first step on
   * @param lastStep K, at least 2
   */
  public LinearDamping(double initial, double floor, int lastStep) {
    super(initial);
    this.floor = Ranges.nonNegative("floor", floor);
    this.lastStep = Ranges.atLeast(2, "lastStep", lastStep);
  }

  @Override
  public double at(long step, double gradientNorm) {
    double slope = (floor - current()) / (lastStep - 1);
    return step > lastStep ? floor : Math.max(floor, current() + slope * (step - 1));
  }
}
