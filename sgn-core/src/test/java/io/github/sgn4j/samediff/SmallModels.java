package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small smooth networks in double precision for tests of what is built upon objectives. */
final class SmallModels {

  static final int CLASSES = 3;
  private static final int FEATURES = 4;
  private static final int UNITS = 5;

  private SmallModels() {}

  private static SameDiff network(Random random, long declaredBatch, int outputs) {
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.DOUBLE, declaredBatch, FEATURES);
    SDVariable w0 = model.var("w0", normal(random, FEATURES, UNITS));
    SDVariable b0 = model.var("b0", normal(random, 1, UNITS));
    SDVariable w1 = model.var("w1", normal(random, UNITS, outputs));
    SDVariable b1 = model.var("b1", normal(random, 1, outputs));
    model.nn().tanh(x.mmul(w0).add(b0)).mmul(w1).add(b1).rename("out");
    return model;
  }

  private static INDArray normal(Random random, long... shape) {
    return Net.normal(random, DataType.DOUBLE, shape);
  }

  private static SameDiffObjectiveBuilder builder(SameDiff model) {
    return SameDiffObjective.builder(model)
        .inputs("x")
        .output("out")
        .parameters("w0", "b0", "w1", "b1");
  }

  /** A classifier with parameters w0, b0, w1, b1. */
  static SameDiffObjectiveBuilder classifier() {
    return builder(network(new Random(3), -1, CLASSES))
        .loss(Losses.softmaxCrossEntropy())
        .metric(Metrics.accuracy());
  }

  /** The same one with a declared batch size. */
  static SameDiffObjectiveBuilder classifierOf(long samples) {
    return builder(network(new Random(3), samples, CLASSES)).loss(Losses.softmaxCrossEntropy());
  }

  /** A regression with one output. */
  static SameDiffObjectiveBuilder regression() {
    return builder(network(new Random(3), -1, 1)).loss(Losses.meanSquaredError());
  }

  /** A loss composed of basic ops, which has no factor. */
  static SameDiffObjectiveBuilder composed() {
    SameDiff model = network(new Random(3), -1, 1);
    SDVariable y = model.placeHolder("y", DataType.DOUBLE, -1, 1);
    SDVariable error = model.getVariable("out").sub(y);
    model.math.sqrt(model.math.square(error).add(1)).mean("loss");
    return builder(model).lossVariable("loss");
  }

  /** Samples for the classifiers. */
  static ArrayBatch classes(int samples, long seed) {
    Random random = new Random(seed);
    INDArray x = normal(random, samples, FEATURES);
    return ArrayBatch.of(x, Nd4j.createFromArray(random.ints(samples, 0, CLASSES).toArray()));
  }

  /** Samples for the regressions. */
  static ArrayBatch numbers(int samples, long seed) {
    Random random = new Random(seed);
    return ArrayBatch.of(normal(random, samples, FEATURES), normal(random, samples, 1));
  }
}
