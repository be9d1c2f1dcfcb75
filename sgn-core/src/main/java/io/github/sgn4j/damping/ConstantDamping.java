package io.github.sgn4j.damping;

/** The same damping in every step (the reference's RHO_DECAY = const). */
public final class ConstantDamping extends ScheduledDamping {

  /**
   * That damping.
   *
   * @param damping finite, 0 or more
   */
  public ConstantDamping(double damping) {
    super(damping);
  }

  @Override
  public double at(long step, double gradientNorm) {
    return current();
  }
}
