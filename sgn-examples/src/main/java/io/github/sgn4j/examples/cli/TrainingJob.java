package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.Samples;
import io.github.sgn4j.examples.data.Task;
import io.github.sgn4j.examples.data.TrainTest;
import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.ArrayDataset;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.samediff.SameDiffObjectiveBuilder;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingListener;
import io.github.sgn4j.training.TrainingResult;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An MLP to be trained: all that a run depends on.
 *
 * @param data scaled, in that precision
 * @param hidden widths of the hidden layers
 * @param initialSeed of the initial weights
 * @param precision of parameters and products
 * @param optimizer makes the optimizer
 * @param batchSize samples per step, at most the train part's
 * @param seed of the shuffling
 * @param epochs at most so many; Integer.MAX_VALUE for no limit
 * @param maxSeconds training time at most; infinite for no limit
 */
record TrainingJob(
    TrainTest data,
    List<Integer> hidden,
    long initialSeed,
    Precision precision,
    OptimizerFactory optimizer,
    int batchSize,
    long seed,
    int epochs,
    double maxSeconds) {

  /** Vectors of all parameters that SGN keeps on the heap. */
  private static final int VECTORS = 10;

  /** Steps that make an epoch; the last, short batch counts. */
  int stepsPerEpoch() {
    return (data.train().size() + batchSize - 1) / batchSize;
  }

  /** Number of trainable parameters. */
  long parameterCount() {
    long count = 0;
    long width = data.features();
    for (int next : hidden) {
      count = Math.addExact(count, (width + 1) * next);
      width = next;
    }
    return Math.addExact(count, (width + 1) * data.outputs());
  }

  /** Such as 784-20-20-20-10. */
  String network() {
    StringBuilder text = new StringBuilder().append(data.features());
    hidden.forEach(width -> text.append('-').append(width));
    return text.append('-').append(data.outputs()).toString();
  }

  /**
   * Bytes of Java heap that training takes, roughly: the optimizer's vectors, and the initial
   * weights in double precision.
   */
  double heapBytes() {
    int bytes = precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    return (double) parameterCount() * (VECTORS * bytes + Double.BYTES);
  }

  /** Builds the model; to be closed. */
  SameDiffObjective objective() {
    DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    int[] widths = hidden.stream().mapToInt(width -> width).toArray();
    SameDiff model = Mlp.build(data.features(), widths, data.outputs(), initialSeed, type);
    SameDiffObjectiveBuilder builder =
        SameDiffObjective.builder(model)
            .inputs(Mlp.INPUT)
            .output(Mlp.OUTPUT)
            .parameters(Mlp.parameterNames(widths.length));
    if (data.task() == Task.CLASSIFICATION) {
      builder.loss(Losses.softmaxCrossEntropy()).metric(Metrics.accuracy());
    } else {
      builder.loss(Losses.meanSquaredError());
    }
    return builder.build();
  }

  /** Trains; as {@link Trainer#run}. */
  TrainingResult train(SameDiffObjective objective, List<? extends TrainingListener> listeners) {
    Optimizer solver = optimizer.create(objective);
    Samples train = data.train();
    Batch test = ArrayBatch.of(data.test().inputs(), data.test().targets());
    Trainer.Builder trainer =
        Trainer.builder(
                solver, ArrayDataset.of(train.inputs(), train.targets()).batches(batchSize, seed))
            .epochs(epochs)
            .maxSeconds(maxSeconds)
            .evaluation(theta -> objective.evaluate(theta, test));
    listeners.forEach(trainer::listener);
    return trainer.build().run();
  }
}
