package io.github.sgn4j.training;

import io.github.sgn4j.optimizer.StepReport;

/**
 * Takes a hand in a training run, where a {@link TrainingListener} only hears of it: it may stop
 * the run or set the damping. Callbacks are called after the listeners, with the current parameters
 * in the model; what they do does not count as training time, and an exception of theirs ends the
 * run.
 *
 * <p>For a resumed run to be the same, what a callback does may depend on the reports, the
 * optimizer, and what it carries as a {@link Resumable}, and on nothing else.
 */
public interface TrainingCallback {

  /** The run begins, or goes on from a checkpoint. */
  default void beforeTraining(TrainingControl control) {}

  /**
   * A step is done.
   *
   * @param epoch the epoch it belongs to, counted from 1
   */
  default void afterStep(StepReport report, int epoch, TrainingControl control) {}

  /** An epoch is over, or was cut short, and has been evaluated. */
  default void afterEpoch(EpochReport report, TrainingControl control) {}
}
