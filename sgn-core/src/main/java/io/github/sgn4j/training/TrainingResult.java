package io.github.sgn4j.training;

import io.github.sgn4j.objective.FlatVector;
import java.util.List;

/**
 * A whole training run.
 *
 * @param epochs one report an epoch; immutable
 * @param steps steps done
 * @param trainingSeconds batches and steps alone
 * @param reason why it ended
 * @param solution what the model holds now: the last iterate or the average of the iterates,
 *     whichever had the lower loss; the optimizer's or the run's own vector, read only
 * @param last the last iterate; likewise
 * @param average the average; null where none was kept
 */
public record TrainingResult(
    List<EpochReport> epochs,
    long steps,
    double trainingSeconds,
    EndReason reason,
    FlatVector solution,
    FlatVector last,
    FlatVector average) {

  /** Why a run ended. */
  public enum EndReason {
    /** All epochs are done. */
    EPOCHS,
    /** The training time is used up. */
    TIME_LIMIT
  }

  /** Keeps a copy of the list. */
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }
}
