package io.github.sgn4j.damping;

/** Damping that depends on the step number alone; what happens in a step changes nothing. */
abstract class ScheduledDamping implements DampingPolicy {

  private double initial;

  ScheduledDamping(double initial) {
    this.initial = Ranges.nonNegative("damping", initial);
  }

  @Override
  public final double current() {
    return initial;
  }

  @Override
  public final void restore(double... memory) {
    initial = Ranges.nonNegative("damping", Ranges.only(memory));
  }

  /** The schedule goes on as if it had begun with that damping; a floor that holds stays. */
  @Override
  public final void set(double damping) {
    initial = Ranges.nonNegative("damping", damping);
  }

  @Override
  public final boolean usesGainRatio() {
    return false;
  }

  @Override
  public final void accepted(double gainRatio) {}

  @Override
  public final void rejected(double gainRatio) {}

  @Override
  public final void invalid() {}
}
