package io.github.sgn4j.training;

import io.github.sgn4j.optimizer.StepReport;

/**
 * Hears of a training run's progress. The model holds the current parameters whenever a listener is
 * called. What listeners do does not count as training time; an exception of theirs ends the run.
 */
public interface TrainingListener {

  /**
   * A step is done.
   *
   * @param report what it did
   * @param epoch the epoch it belongs to, counted from 1
   */
  default void onStep(StepReport report, int epoch) {}

  /** An epoch is over, or was cut short by the time limit or a callback, and has been evaluated. */
  default void onEpoch(EpochReport report) {}
}
