package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;

/**
 * Changes theta, one mini-batch at a time. It owns theta and its state; the objective is its
 * caller's to close.
 *
 * <p>Not safe for use by several threads at once.
 */
public interface Optimizer {

  /**
   * One step on that batch.
   *
   * @throws NonFiniteException if a number on the way is NaN or infinite; theta and the state are
   *     as before the step
   * @throws IllegalArgumentException if the batch does not fit the objective; likewise
   */
  StepReport step(Batch batch);

  /**
   * The parameters: the optimizer's own vector, the same one after every step. To be read; {@link
   * #restore} changes it.
   */
  FlatVector theta();

  /**
   * Tells how much of the budget of steps or seconds is used up, for schedules that depend on it; a
   * trainer does before each step. Without it, it is 0.
   *
   * @param fraction from 0 to 1
   */
  default void progress(double fraction) {}

  /**
   * Sets the damping that the next step begins with, between steps; it is part of the state. What
   * becomes of it then is for the optimizer's damping policy to say: {@link
   * io.github.sgn4j.damping.DampingPolicy#set}.
   *
   * @param value rho
   * @throws IllegalArgumentException if the policy does not take that value; nothing has changed
   *     then
   * @throws IllegalStateException if the policy needs a step first; nothing has changed then
   * @throws UnsupportedOperationException if the optimizer, or its policy, has no damping to set;
   *     so by default
   */
  default void damping(double value) {
    throw new UnsupportedOperationException(name() + " has no damping that could be set");
  }

  /**
   * The exponent of the polynomial-decay average of the iterates that goes with this optimizer; see
   * {@link IterateAverage}. 0 for none.
   */
  default double averaging() {
    return 0;
  }

  /** What is being minimised. */
  Objective objective();

  /** The method's short name, such as SGN or Adam. */
  String name();

  /** Number of steps done. */
  long stepCount();

  /** A copy of theta and everything else that the next step depends on. */
  OptimizerState state();

  /**
   * Continues from that state: the next steps are, bit for bit, those that followed it. Copies into
   * the vectors that exist.
   *
   * @throws IllegalArgumentException if the state is of another precision, size or kind of
   *     optimizer; nothing has changed then
   */
  void restore(OptimizerState state);
}
