package io.github.sgn4j.training;

import java.util.List;

/**
 * A whole training run.
 *
 * @param epochs one report an epoch; immutable
 * @param steps steps done
 * @param trainingSeconds batches and steps alone
 * @param reason why it ended
 */
public record TrainingResult(
    List<EpochReport> epochs, long steps, double trainingSeconds, EndReason reason) {

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
