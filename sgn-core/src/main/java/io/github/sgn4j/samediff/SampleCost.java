package io.github.sgn4j.samediff;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.Plan;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a sample of a batch costs, and whether samples can be computed apart; found out by binding
 * the plan to a few samples.
 *
 * @param bytesPerSample of a workspace with derivatives
 * @param coupling why samples cannot be computed apart, or null if they can
 */
record SampleCost(long bytesPerSample, String coupling) {

  /** Samples that are tried, together and in parts of unequal size. */
  static final int PROBE = 5;

  private static final int[] CUTS = {0, 2, PROBE};

  /**
   * Tries a model.
   *
   * @param batch of at least {@link #PROBE} samples
   */
  static SampleCost measure(Plan plan, LossBinding loss, BoundBatch batch, FlatVector theta) {
    BoundBatch together = batch.samples(0, PROBE);
    BoundModel whole;
    BoundModel[] parts = new BoundModel[CUTS.length - 1];
    try {
      whole = BoundModel.bind(plan, loss, together, theta);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = BoundModel.bind(plan, loss, batch.samples(CUTS[i], CUTS[i + 1]), theta);
      }
      whole.bindDerivatives(theta);
    } catch (RuntimeException e) {
      // A graph that holds the batch size as a number, for one.
      return new SampleCost(0, "the model does not take other batch sizes: " + e.getMessage());
    }
    long perParameter = Backend.dataType(theta.precision()).width();
    long fixed = 2 * perParameter * theta.length();
    long bytes = Math.max(1, (whole.workspace().bytes() - fixed) / PROBE);
    return new SampleCost(bytes, coupling(whole, parts, together, theta));
  }

  /** Whether the model could be bound to other numbers of samples at all. */
  boolean wasTried() {
    return bytesPerSample > 0;
  }

  private static String coupling(
      BoundModel whole, BoundModel[] parts, BoundBatch batch, FlatVector theta) {
    whole.load(batch, batch);
    double loss = whole.evaluate(theta, null).loss();
    double mean = 0;
    for (int i = 0; i < parts.length; i++) {
      int from = CUTS[i];
      int to = CUTS[i + 1];
      String statistic = notPerSample(whole, parts[i], to - from);
      if (statistic != null) {
        return "'"
            + statistic
            + "' is computed from several samples at once (batch statistics, for example)";
      }
      if (!hasSamples(whole, PROBE) || !hasSamples(parts[i], to - from)) {
        return "the output does not hold the samples along its first dimension";
      }
      BoundBatch rows = batch.samples(from, to);
      parts[i].load(rows, rows);
      mean += parts[i].evaluate(theta, null).loss() * (to - from) / PROBE;
      INDArray expected = BoundBatch.samples(whole.workspace().output(), from, to);
      if (!close(expected, parts[i].workspace().output())) {
        return "a sample's output depends on the other samples of the batch";
      }
    }
    double tolerance = tolerance(whole.workspace().output().dataType());
    boolean same = Math.abs(mean - loss) <= tolerance * Math.abs(loss);
    // Non-finite numbers say nothing.
    return same || !Double.isFinite(loss) || !Double.isFinite(mean)
        ? null
        : "the loss is not a mean over the samples";
  }

  /** A variable whose length is not proportional to the number of samples, or null. */
  private static String notPerSample(BoundModel whole, BoundModel part, int samples) {
    Map<String, Long> lengths = whole.workspace().batchLengths();
    for (Map.Entry<String, Long> entry : part.workspace().batchLengths().entrySet()) {
      if (lengths.get(entry.getKey()) * samples != entry.getValue() * PROBE) {
        return entry.getKey();
      }
    }
    return null;
  }

  private static boolean hasSamples(BoundModel model, int samples) {
    INDArray output = model.workspace().output();
    return output.rank() > 0 && output.size(0) == samples;
  }

  private static double tolerance(DataType type) {
    return type == DataType.DOUBLE ? 1e-9 : 1e-4;
  }

  private static boolean close(INDArray expected, INDArray actual) {
    double[] a = expected.dup('c').reshape(expected.length()).toDoubleVector();
    double[] b = actual.dup('c').reshape(actual.length()).toDoubleVector();
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      if (Double.isFinite(a[i]) && Double.isFinite(b[i])) {
        largest = Math.max(largest, Math.abs(a[i]));
        difference = Math.max(difference, Math.abs(a[i] - b[i]));
      }
    }
    return difference <= tolerance(expected.dataType()) * largest;
  }
}
