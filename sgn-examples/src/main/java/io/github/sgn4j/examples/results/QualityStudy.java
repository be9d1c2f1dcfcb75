package io.github.sgn4j.examples.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The comparisons with the published runs: what is measured, and what should be reached. */
enum QualityStudy {
  MNIST(
      "MNIST, MLP 784-20-20-20-10, batch 1000",
      "SGN: rho 1e-4, rho-min 1e-6, cg-max-iter 3 (10 in the first nine steps), 8 epochs.",
      "test accuracy at the end",
      results -> last(results.testAcc()),
      Summary.MEAN,
      0.925,
      List.of("sgn", "sgd-0.001", "sgd-0.01", "sgd-0.1", "sgd-1", "sgd-10", "adam")),
  BOSTON(
      "Boston, MLP 13-100-100-1, batch 101",
      "SGN: rho 1e-4, rho-min 1e-6, 10 CG iterations, 26 epochs. The data hold a variable built on"
          + " a racist assumption; they serve only this comparison.",
      "mean test loss of the last five epochs",
      results -> meanOfLast(results.testLoss(), 5),
      Summary.MEDIAN,
      0.0115,
      List.of("sgn", "sgd-0.001", "sgd-0.01", "sgd-0.1", "sgd-1", "adam")),
  SINE(
      "Sine of frequency 10, MLP 1-20-20-20-1, batch 1000",
      "SGN: rho 1e-4, rho-min 1e-6, 10 CG iterations, 100 epochs. The noise alone is 1e-4.",
      "train loss at the end",
      results -> last(results.avgLoss()),
      Summary.MEDIAN,
      2.3e-4,
      List.of("sgn", "sgd-0.001", "sgd-0.01", "sgd-0.1", "sgd-1", "adam"));

  /** How the seeds' values become one. */
  enum Summary {
    MEAN,
    MEDIAN;

    double of(double[] values) {
      if (values.length == 0) {
        return Double.NaN;
      }
      if (this == MEAN) {
        return Arrays.stream(values).average().orElseThrow();
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int half = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
  }

  private final String title;
  private final String setting;
  private final String measureName;
  private final ToDoubleFunction<RunResults> measure;
  private final Summary summary;
  private final double goal;
  private final List<String> solvers;

  QualityStudy(
      String title,
      String setting,
      String measureName,
      ToDoubleFunction<RunResults> measure,
      Summary summary,
      double goal,
      List<String> solvers) {
    this.title = title;
    this.setting = setting;
    this.measureName = measureName;
    this.measure = measure;
    this.summary = summary;
    this.goal = goal;
    this.solvers = solvers;
  }

  /** The name in folder names. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  String setting() {
    return setting;
  }

  String measureName() {
    return measureName;
  }

  Summary summary() {
    return summary;
  }

  double goal() {
    return goal;
  }

  /** Solvers as folder names have them: sgn, sgd-LEARNING_RATE, adam. */
  List<String> solvers() {
    return solvers;
  }

  /** The run's value; NaN if it has no epochs. */
  double measure(RunResults results) {
    return measure.applyAsDouble(results);
  }

  /** The value as people read it. */
  String text(double value) {
    return this == MNIST ? Numbers.percent(value) : Numbers.of(value);
  }

  /** Whether SGN's summary is good enough. */
  boolean reached(double value) {
    return this == MNIST ? value >= goal : value <= goal;
  }

  /** What SGN's summary should be. */
  String goalText() {
    return (this == MNIST ? "at least " : "at most ") + text(goal);
  }

  private static double last(List<Double> values) {
    return meanOfLast(values, 1);
  }

  private static double meanOfLast(List<Double> values, int count) {
    List<Double> tail =
        new ArrayList<>(values.subList(Math.max(0, values.size() - count), values.size()));
    return tail.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
