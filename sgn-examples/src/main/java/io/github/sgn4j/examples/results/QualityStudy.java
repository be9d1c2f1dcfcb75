package io.github.sgn4j.examples.results;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A comparison with the published runs.
 *
 * @param key its name in folder names
 * @param title data, network, batch size
 * @param setting what SGN was run with
 * @param measureName what is measured
 * @param measure takes it from a run; NaN if the run has no epochs
 * @param summary how the seeds' values become one
 * @param accuracy whether the measure is an accuracy, the higher the better, or a loss
 * @param goal what SGN's summary should reach
 * @param seeds number of seeds, counted from 1
 * @param solvers as folder names have them: sgn, sgd-LEARNING_RATE, adam
 */
record QualityStudy(
    String key,
    String title,
    String setting,
    String measureName,
    ToDoubleFunction<RunResults> measure,
    Summary summary,
    boolean accuracy,
    double goal,
    int seeds,
    List<String> solvers) {

  private static final List<String> FOUR_RATES =
      List.of("sgn", "sgd-0.001", "sgd-0.01", "sgd-0.1", "sgd-1", "adam");

  /** Those of the multi-layer perceptrons. */
  static final List<QualityStudy> MLP =
      List.of(
          new QualityStudy(
              "mnist",
              "MNIST, MLP 784-20-20-20-10, batch 1000",
              "SGN: rho 1e-4, rho-min 1e-6, 3 CG iterations (10 in the first nine steps), 8 epochs.",
              "test accuracy at the end",
              results -> meanOfLast(results.testAcc(), 1),
              Summary.MEAN,
              true,
              0.925,
              5,
              List.of("sgn", "sgd-0.001", "sgd-0.01", "sgd-0.1", "sgd-1", "sgd-10", "adam")),
          new QualityStudy(
              "boston",
              "Boston, MLP 13-100-100-1, batch 101",
              "SGN: rho 1e-4, rho-min 1e-6, 10 CG iterations, 26 epochs. The data hold a variable"
                  + " built on a racist assumption; they serve only this comparison.",
              "mean test loss of the last five epochs",
              results -> meanOfLast(results.testLoss(), 5),
              Summary.MEDIAN,
              false,
              0.0115,
              5,
              FOUR_RATES),
          new QualityStudy(
              "sine",
              "Sine of frequency 10, MLP 1-20-20-20-1, batch 1000",
              "SGN: rho 1e-4, rho-min 1e-6, 10 CG iterations, 100 epochs. The noise alone is 1e-4.",
              "train loss at the end",
              results -> meanOfLast(results.avgLoss(), 1),
              Summary.MEDIAN,
              false,
              2.3e-4,
              5,
              FOUR_RATES));

  /** Those of the convolutional networks. */
  static final List<QualityStudy> CONV =
      List.of(
          new QualityStudy(
              "fashion",
              "Fashion-MNIST, conv 6@5x5, conv 16@5x5, FC 120, FC 84, batch 1000",
              "SGN: rho 1e-4, rho-min 1e-6, 10 CG iterations, 3 epochs.",
              "test accuracy at the end",
              results -> meanOfLast(results.testAcc(), 1),
              Summary.MEAN,
              true,
              0.855,
              5,
              FOUR_RATES),
          new QualityStudy(
              "cifar10",
              "CIFAR-10, conv 32@3x3, conv 64@3x3, conv 64@3x3, FC 64, batch 1000",
              "SGN: rho 1e-4, rho-min 1e-6, 10 CG iterations, 3 epochs. Our copy of the images went"
                  + " through JPEG, which changed their pixels slightly; the published runs took the"
                  + " originals.",
              "test accuracy at the end",
              results -> meanOfLast(results.testAcc(), 1),
              Summary.MEAN,
              true,
              0.62,
              2,
              FOUR_RATES));

  /** How the seeds' values become one. */
  enum Summary {
    MEAN,
    MEDIAN;

    double of(double[] values) {
      if (this == MEAN) {
        return Arrays.stream(values).average().orElse(Double.NaN);
      }
      return median(values);
    }
  }

  /** The median; NaN of nothing. */
  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** A value of the measure as people read it. */
  String text(double value) {
    return accuracy ? Numbers.percent(value) : Numbers.of(value);
  }

  /** Whether SGN's summary is good enough. */
  boolean reached(double value) {
    return accuracy ? value >= goal : value <= goal;
  }

  /** What SGN's summary should be. */
  String goalText() {
    return (accuracy ? "at least " : "at most ") + text(goal);
  }

  private static double meanOfLast(List<Double> values, int count) {
    return values.stream()
        .skip(Math.max(0, values.size() - count))
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
