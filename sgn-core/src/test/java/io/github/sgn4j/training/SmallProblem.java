package io.github.sgn4j.training;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.objective.ShuffledBatches;
import io.github.sgn4j.testkit.PlainBatch;
import io.github.sgn4j.testkit.PlainMlp;
import java.util.Iterator;
import java.util.Random;

/**
 * A network of 29 parameters, 14 samples in batches of 4: three whole ones an epoch and half one.
 */
final class SmallProblem {

  static final int STEPS_PER_EPOCH = 4;
  private static final int SAMPLES = 14;

  private final Random random = new Random(1);
  private final double[][] inputs = new double[SAMPLES][];
  private final double[][] targets = new double[SAMPLES][];
  private final double[] initial = random.doubles(4 * 5 + 6 * 2, -1, 1).toArray();
  private final Precision precision;
  private final PlainMlp.Loss loss;

  SmallProblem(Precision precision, PlainMlp.Loss loss) {
    this.precision = precision;
    this.loss = loss;
    for (int s = 0; s < SAMPLES; s++) {
      inputs[s] = random.doubles(3, -1, 1).toArray();
      boolean first = inputs[s][0] * inputs[s][1] + 0.3 * random.nextGaussian() > 0;
      targets[s] = new double[] {first ? 1 : 0, first ? 0 : 1};
    }
  }

  /** A new network, as another process would make it. */
  PlainMlp network() {
    return new PlainMlp(new int[] {3, 5, 2}, loss, precision, initial);
  }

  /** The batches, shuffled anew in each epoch, their number known. */
  BatchSource batches() {
    return new ShuffledBatches(
        SAMPLES,
        4,
        7,
        (order, start, count) -> {
          double[][] x = new double[count][];
          double[][] y = new double[count][];
          for (int i = 0; i < count; i++) {
            x[i] = inputs[order[start + i]];
            y[i] = targets[order[start + i]];
          }
          return new PlainBatch(x, y);
        });
  }

  /** The same by the interface's own means: the number of batches is not known. */
  BatchSource plainBatches() {
    BatchSource source = batches();
    return new BatchSource() {
      @Override
      public Iterator<Batch> epoch(int epoch) {
        return source.epoch(epoch);
      }
    };
  }

  /** Loss and metric over all samples. */
  Evaluation evaluate(FlatVector theta) {
    return network().evaluate(theta, new PlainBatch(inputs, targets));
  }
}
