package io.github.sgn4j.damping;

/**
 * The damping rho of each step.
 *
 * <p>Exactly one of the three events follows each step that changes the optimizer's state; a step
 * that fails raises none.
 */
public interface DampingPolicy {

  /**
   * The damping for the solve of that step: finite and at least 0, whatever the norm is.
   *
   * @param step counted from 1
   * @param gradientNorm Euclidean norm of the (averaged) gradient that is solved with
   */
  double at(long step, double gradientNorm);

  /**
   * What the policy adapts: the damping, or the factor of the gradient's norm; the initial damping
   * of a schedule.
   */
  double current();

  /** Everything that the policy carries between steps. */
  default double[] memory() {
    return new double[] {current()};
  }

  /**
   * Puts back what {@link #memory()} gave.
   *
   * @throws IllegalArgumentException if it is not such a memory; nothing has changed then
   */
  void restore(double... memory);

  /**
   * Goes on with another damping, between steps: {@link #current} is that number then, unless the
   * policy says otherwise. A policy that adapts the damping does so from there on; a schedule takes
   * it as its initial damping.
   *
   * @param damping rho
   * @throws IllegalArgumentException if it is negative, not finite, or beyond the policy's bounds;
   *     nothing has changed then
   * @throws IllegalStateException if the policy needs a step first to know what rho means, as
   *     {@link GradientNormDamping} does; nothing has changed then
   * @throws UnsupportedOperationException if the policy does not take orders, as by default
   */
  default void set(double damping) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " does not let its damping be set");
  }

  /** Whether the events' gain ratio matters, so that the optimizer must measure it. */
  boolean usesGainRatio();

  /**
   * The step was kept.
   *
   * @param gainRatio actual over predicted change of the loss for the full step; NaN if it was not
   *     measured or nothing was predicted
   */
  void accepted(double gainRatio);

  /**
   * The step was taken back since it raised the loss.
   *
   * @param gainRatio as for {@link #accepted}
   */
  void rejected(double gainRatio);

  /** The loss at the full step is NaN or infinite; a shorter one may have been kept. */
  void invalid();
}
