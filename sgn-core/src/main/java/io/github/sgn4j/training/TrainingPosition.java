package io.github.sgn4j.training;

import java.util.List;

/**
 * How far a run has come.
 *
 * @param epochs reports of the epochs that are over; immutable
 * @param stepsOfEpoch steps done of the epoch that follows; all of them where it has not been
 *     evaluated yet
 * @param lossSum sum of those steps' losses
 * @param metricSum sum of their metrics
 * @param steps steps done altogether
 * @param trainingNanos batches and steps alone, in nanoseconds
 * @param batchesPerEpoch as far as the run knows it; 0 if it does not
 */
public record TrainingPosition(
    List<EpochReport> epochs,
    int stepsOfEpoch,
    double lossSum,
    double metricSum,
    long steps,
    long trainingNanos,
    int batchesPerEpoch) {

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public TrainingPosition {
    epochs = List.copyOf(epochs);
    if (stepsOfEpoch < 0 || steps < stepsOfEpoch || trainingNanos < 0 || batchesPerEpoch < 0) {
      throw new IllegalArgumentException(
          String.format(
              "no position of a run: step %d of its epoch, %d steps, %d ns, %d batches an epoch",
              stepsOfEpoch, steps, trainingNanos, batchesPerEpoch));
    }
  }

  /** Epochs that are over. */
  public int epochsDone() {
    return epochs.size();
  }

  /** Training time in seconds. */
  public double trainingSeconds() {
    return trainingNanos * 1e-9;
  }
}
