package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.FinalLosses;
import io.github.sgn4j.examples.results.FinalLosses.Losses;
import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.RunResults;
import java.util.List;
import java.util.function.Function;

/** What runs are compared by: a number after each epoch and one at the end. */
enum Measure {
  TRAIN_LOSS("train loss", false, RunResults::avgLoss, Losses::trainLoss),
  TEST_LOSS("test loss", false, RunResults::testLoss, Losses::testLoss),
  TEST_ACCURACY("test accuracy", true, RunResults::testAcc, Losses::testAcc);

  private final String title;
  private final boolean fraction;

  @SuppressWarnings("ImmutableEnumChecker") // A method reference.
  private final Function<RunResults, List<Double>> perEpoch;

  @SuppressWarnings("ImmutableEnumChecker") // A method reference.
  private final Function<Losses, Double> last;

  Measure(
      String title,
      boolean fraction,
      Function<RunResults, List<Double>> perEpoch,
      Function<Losses, Double> last) {
    this.title = title;
    this.fraction = fraction;
    this.perEpoch = perEpoch;
    this.last = last;
  }

  /** Its name in running text. */
  String title() {
    return title;
  }

  /** Whether it is a fraction of which more is better; else a loss. */
  boolean isFraction() {
    return fraction;
  }

  /** Entry i after epoch i + 1; null if the run does not have it. */
  List<Double> perEpoch(RunResults results) {
    return perEpoch.apply(results);
  }

  /** Whether results have it: accuracies are for classes. */
  boolean isIn(RunResults results) {
    return perEpoch(results) != null || Double.isFinite(evaluated(results));
  }

  /**
   * Of the network that the run handed out, over the whole train or test part; where the run did
   * not evaluate it, what was measured in the last epoch; NaN without epochs.
   */
  double finalValue(RunResults results) {
    if (isEvaluated(results)) {
      return evaluated(results);
    }
    List<Double> values = perEpoch(results);
    return values == null || values.isEmpty() ? Double.NaN : values.get(values.size() - 1);
  }

  /** Whether the run evaluated the network that it handed out. */
  static boolean isEvaluated(RunResults results) {
    FinalLosses losses = results.finalLosses();
    return losses != null && losses.solution() != null;
  }

  private double evaluated(RunResults results) {
    Double value = isEvaluated(results) ? last.apply(results.finalLosses().solution()) : null;
    return value == null ? Double.NaN : value;
  }

  /** The better one first; numbers that are none come last. */
  int compare(double a, double b) {
    return fraction && !Double.isNaN(a) && !Double.isNaN(b)
        ? Double.compare(b, a)
        : Double.compare(a, b);
  }

  /** A number as people read it. */
  String text(double value) {
    return fraction ? Numbers.percent(value) : Numbers.of(value);
  }
}
