package io.github.sgn4j.examples.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.sgn4j.objective.Evaluation;

/**
 * How good the trained network is, over the whole train and test part.
 *
 * @param averaged whether the network that is handed out has the average of the iterates
 * @param last of the last iterate
 * @param average of the average of the iterates; null where none was kept
 * @param best of the best epoch's network, where that is handed out; else null
 * @param bestEpoch that epoch, counted from 1; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FinalLosses(
    boolean averaged, Losses last, Losses average, Losses best, Integer bestEpoch) {

  /** Of a run that hands out its last network. */
  public FinalLosses(boolean averaged, Losses last, Losses average) {
    this(averaged, last, average, null, null);
  }

  /**
   * Losses and accuracies; accuracies are null for regression.
   *
   * @param trainLoss mean over the train part
   * @param trainAcc a fraction
   * @param testLoss mean over the test part
   * @param testAcc a fraction
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Losses(Double trainLoss, Double trainAcc, Double testLoss, Double testAcc) {

    /** Of these evaluations. */
    public static Losses of(Evaluation train, Evaluation test) {
      return new Losses(train.loss(), number(train.metric()), test.loss(), number(test.metric()));
    }

    private static Double number(double value) {
      return Double.isNaN(value) ? null : value;
    }
  }

  /** Of the network that is handed out. */
  public Losses solution() {
    if (best != null) {
      return best;
    }
    return averaged ? average : last;
  }
}
