package io.github.sgn4j.damping;

/**
 * Damping that follows a quarter of a cosine, rho0 cos(pi/2 t/K) in step t, not below the floor and
 * at the floor after step K (the reference's RHO_DECAY = cos).
 */
public final class CosineDamping extends ScheduledDamping {

  private final double floor;
  private final int lastStep;

  /**
   * The schedule.
   *
   * @param initial rho0, finite, 0 or more
   * @param floor finite, 0 or more
   * @param lastStep K, at least 1
   */
  public CosineDamping(double initial, double floor, int lastStep) {
    super(initial);
    this.floor = Ranges.nonNegative("floor", floor);
    this.lastStep = Ranges.atLeast(1, "lastStep", lastStep);
  }

  @Override
  public double at(long step, double gradientNorm) {
    return step > lastStep
        ? floor
        : Math.max(floor, current() * Math.cos(Math.PI / 2 * ((double) step / lastStep)));
  }
}
