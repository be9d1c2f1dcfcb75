package io.github.sgn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The metrics that come with the library. */
public final class Metrics {

  private Metrics() {}

  /**
   * The fraction of samples whose largest output is the target's class (the first of equals).
   * Outputs [N, K]; targets [N, K] one-hot, or integers [N] or [N, 1].
   */
  public static Metric accuracy() {
    return Metrics::accuracy;
  }

  /** The mean of (output - target)^2 over all entries. */
  public static Metric meanSquaredError() {
    return (output, targets) -> error(output, targets, true);
  }

  /** The mean of |output - target| over all entries. */
  public static Metric meanAbsoluteError() {
    return (output, targets) -> error(output, targets, false);
  }

  private static double accuracy(INDArray output, INDArray targets) {
    if (output.rank() != 2) {
      throw new IllegalArgumentException(
          "accuracy needs outputs [samples, classes], got rank " + output.rank());
    }
    int rows = (int) output.size(0);
    int classes = (int) output.size(1);
    double[] out = flat(output);
    boolean sparse = targets.dataType().isIntType();
    double[] expected = flat(targets);
    int hits = 0;
    for (int i = 0; i < rows; i++) {
      int label = sparse ? (int) expected[i] : argMax(expected, i * classes, classes);
      if (argMax(out, i * classes, classes) == label) {
        hits++;
      }
    }
    return (double) hits / rows;
  }

  private static double error(INDArray output, INDArray targets, boolean squared) {
    double[] out = flat(output);
    double[] expected = flat(targets);
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      double residual = out[i] - expected[i];
      sum += squared ? residual * residual : Math.abs(residual);
    }
    return sum / out.length;
  }

  private static double[] flat(INDArray array) {
    return array.reshape(array.length()).toDoubleVector();
  }

  private static int argMax(double[] values, int start, int count) {
    int best = 0;
    for (int k = 1; k < count; k++) {
      if (values[start + k] > values[start + best]) {
        best = k;
      }
    }
    return best;
  }
}
