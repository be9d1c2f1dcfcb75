package io.github.sgn4j.examples.results;

import java.util.Arrays;
import java.util.List;

/**
 * A comparison with the published runs: test accuracies after the last epoch.
 *
 * @param key its name in folder names
 * @param title data, network, batch size
 * @param setting what SGN was run with
 * @param goal what the mean of SGN's seeds should reach
 * @param seeds number of seeds, counted from 1
 */
record QualityStudy(String key, String title, String setting, double goal, int seeds) {

  /**
   * As folder names have them: the published method, the default, and those that train for as long
   * as the first.
   */
  static final List<String> SOLVERS =
      List.of("sgn", "default", "sgd-0.001", "sgd-0.01", "sgd-0.1", "sgd-1", "adam");

  private static final String SETTING =
      "SGN, reference: rho 1e-4, rho-min 1e-6, 10 CG iterations, 3 epochs. SGN, default: nothing set"
          + " but 10 CG iterations and 3 epochs.";

  /** All. */
  static final List<QualityStudy> ALL =
      List.of(
          new QualityStudy(
              "fashion",
              "Fashion-MNIST, conv 6@5x5, conv 16@5x5, FC 120, FC 84, batch 1000",
              SETTING,
              0.855,
              5),
          new QualityStudy(
              "cifar10",
              "CIFAR-10, conv 32@3x3, conv 64@3x3, conv 64@3x3, FC 64, batch 1000",
              SETTING
                  + " Our copy of the images went through JPEG, which changed their pixels slightly;"
                  + " the published runs took the originals.",
              0.62,
              2));

  /** What is compared; NaN if the run has no epochs. */
  static double measure(RunResults results) {
    List<Double> accuracies = results.testAcc();
    return accuracies.isEmpty() ? Double.NaN : accuracies.get(accuracies.size() - 1);
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
}
