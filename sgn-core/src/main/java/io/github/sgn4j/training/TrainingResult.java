package io.github.sgn4j.training;

import io.github.sgn4j.objective.FlatVector;
import java.util.List;

/**
 * A whole training run.
 *
 * @param epochs one report an epoch; immutable
 * @param steps steps done, those before a checkpoint included
 * @param trainingSeconds batches and steps alone
 * @param reason why it ended
 * @param solution what the model holds now: the last iterate or the average of the iterates,
 *     whichever had the lower loss, or what was kept of an earlier epoch; the optimizer's or the
 *     run's own vector, read only
 * @param last the last iterate; likewise
 * @param average the average; null where none was kept
 * @param keptEpoch the epoch, counted from 1, whose solution a callback kept, which is what the
 *     model holds now ({@link TrainingControl#keepSolution}, {@link EarlyStopping}); 0 for none
 * @param detail why it ended, in a callback's words; empty where the reason says it all
 */
public record TrainingResult(
    List<EpochReport> epochs,
    long steps,
    double trainingSeconds,
    EndReason reason,
    FlatVector solution,
    FlatVector last,
    FlatVector average,
    int keptEpoch,
    String detail) {

  /** Why a run ended. */
  public enum EndReason {
    /** All epochs are done. */
    EPOCHS,
    /** The training time is used up. */
    TIME_LIMIT,
    /** A callback, or another thread, asked for it. */
    STOPPED,
    /** Nothing had become better for a while: {@link EarlyStopping}. */
    EARLY_STOPPING
  }

  /** A run without callbacks. */
  public TrainingResult(
      List<EpochReport> epochs,
      long steps,
      double trainingSeconds,
      EndReason reason,
      FlatVector solution,
      FlatVector last,
      FlatVector average) {
    this(epochs, steps, trainingSeconds, reason, solution, last, average, 0, "");
  }

  /** Keeps a copy of the list. */
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }
}
