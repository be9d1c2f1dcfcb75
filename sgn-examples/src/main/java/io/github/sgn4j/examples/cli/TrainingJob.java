package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.Task;
import io.github.sgn4j.examples.data.TrainingData;
import io.github.sgn4j.examples.model.Network;
import io.github.sgn4j.examples.results.FinalLosses;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.objective.WeightDecay;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.samediff.SameDiffObjectiveBuilder;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingListener;
import io.github.sgn4j.training.TrainingResult;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network to be trained: all that a run depends on.
 *
 * @param data in that precision
 * @param network takes these data
 * @param precision of parameters and products
 * @param optimizer makes the optimizer
 * @param weightDecay lambda of L2 regularisation in the loss that is trained on, 0 for none
 * @param batchSize samples per step, at most the train part's
 * @param seed of the shuffling
 * @param epochs at most so many; Integer.MAX_VALUE for no limit
 * @param maxSeconds training time at most; infinite for no limit
 * @param averaging exponent of the iterates' average, 0 for none
 * @param resources what it may take of the machine
 */
record TrainingJob(
    TrainingData data,
    Network network,
    Precision precision,
    OptimizerFactory optimizer,
    double weightDecay,
    int batchSize,
    long seed,
    int epochs,
    double maxSeconds,
    double averaging,
    Resources resources) {

  /** Vectors of all parameters that SGN keeps on the heap. */
  private static final int VECTORS = 20;

  /** Images are evaluated in batches no larger than this: all at once would take gigabytes. */
  private static final int MOST_EVALUATED = 1000;

  /** Steps that make an epoch; the last, short batch counts. */
  int stepsPerEpoch() {
    return (data.trainSize() + batchSize - 1) / batchSize;
  }

  /**
   * Bytes of Java heap that training takes, roughly: the optimizer's vectors, and the initial
   * weights in double precision.
   */
  double heapBytes() {
    int bytes = precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    return (double) network.parameterCount() * (VECTORS * bytes + Double.BYTES);
  }

  /** Builds the model; to be closed. */
  SameDiffObjective objective() {
    DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    SameDiffObjectiveBuilder builder =
        SameDiffObjective.builder(network.build(type))
            .inputs(network.input())
            .output(network.output())
            .parameters(network.parameterNames())
            .threads(resources.threads());
    if (resources.memory() != null) {
      builder.memory(resources.memory());
    }
    if (data.task() == Task.CLASSIFICATION) {
      builder.loss(Losses.softmaxCrossEntropy()).metric(Metrics.accuracy());
    } else {
      builder.loss(Losses.meanSquaredError());
    }
    return builder.build();
  }

  /**
   * Trains; as {@link Trainer#run}. The evaluation after epochs is of the data's loss, without
   * weight decay.
   */
  TrainingResult train(SameDiffObjective objective, List<? extends TrainingListener> listeners) {
    Trainer.Builder trainer = trainer(objective);
    listeners.forEach(trainer::listener);
    return trainer.build().run();
  }

  /** A trainer that does so, to be told more. */
  Trainer.Builder trainer(SameDiffObjective objective) {
    Optimizer solver =
        optimizer.create(weightDecay == 0 ? objective : new WeightDecay(objective, weightDecay));
    Iterable<Batch> test = data.testBatches(Math.min(batchSize, MOST_EVALUATED));
    return Trainer.builder(solver, data.trainBatches(batchSize, seed))
        .epochs(epochs)
        .maxSeconds(maxSeconds)
        .averaging(averaging)
        .evaluation(theta -> mean(objective, theta, test));
  }

  /**
   * How good what came out is, over the whole train and test part; not training time. Losses are
   * the data's alone, without weight decay, so that runs can be compared.
   */
  FinalLosses finalLosses(SameDiffObjective objective, TrainingResult result) {
    FlatVector average = result.average();
    return new FinalLosses(
        average != null && result.solution() == average,
        losses(objective, result.last()),
        average == null ? null : losses(objective, average),
        result.keptEpoch() == 0 ? null : losses(objective, result.solution()),
        result.keptEpoch() == 0 ? null : result.keptEpoch());
  }

  private FinalLosses.Losses losses(SameDiffObjective objective, FlatVector theta) {
    int batch = Math.min(batchSize, MOST_EVALUATED);
    return FinalLosses.Losses.of(
        mean(objective, theta, () -> data.trainBatches(batch, seed).epoch(0)),
        mean(objective, theta, data.testBatches(batch)));
  }

  /** Each batch counts by its samples. */
  private static Evaluation mean(
      SameDiffObjective objective, FlatVector theta, Iterable<Batch> batches) {
    double loss = 0;
    double metric = 0;
    long samples = 0;
    for (Batch batch : batches) {
      Evaluation evaluation = objective.evaluate(theta, batch);
      loss += batch.size() * evaluation.loss();
      metric += batch.size() * evaluation.metric();
      samples += batch.size();
    }
    return new Evaluation(loss / samples, metric / samples);
  }
}
