package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.Loss;
import io.github.sgn4j.loss.Losses;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small network of dense layers with a loss, five samples and three outputs.
 *
 * @param targets in double where they are floating point
 */
record FactorCase(
    String name,
    Function<Net, SDVariable> output,
    Loss loss,
    Function<DataType, INDArray> targets) {

  static final int SAMPLES = 5;

  static Stream<FactorCase> all() {
    return Stream.of(
        new FactorCase(
            "sigmoid layers, one-hot classes",
            net -> dense(net, net.sd.nn.sigmoid(net.active(4)), 4, 3),
            Losses.softmaxCrossEntropy(),
            FactorCase::oneHot),
        new FactorCase(
            "tanh layers, class numbers",
            net -> dense(net, net.sd.nn.tanh(net.active(4)), 4, 3),
            Losses.softmaxCrossEntropy(),
            type -> Nd4j.createFromArray(2, 0, 1, 1, 2)),
        new FactorCase(
            "no biases, samples masked out in part",
            net -> net.sd.nn.sigmoid(net.x.mmul(net.parameter(4, 5))).mmul(net.parameter(5, 3)),
            Losses.softmaxCrossEntropy(),
            FactorCase::masked),
        new FactorCase(
            "relu layers, squared error",
            net -> {
              SDVariable h = net.sd.nn.relu(net.active(6), 0);
              return dense(net, net.sd.nn.relu(dense(net, h, 6, 5), 0), 5, 3);
            },
            Losses.meanSquaredError(),
            FactorCase::uniform),
        new FactorCase(
            "linear layers, some without bias, sigmoid cross-entropy",
            net -> dense(net, net.x.mmul(net.parameter(4, 2)), 2, 3),
            Losses.sigmoidCrossEntropy(),
            FactorCase::uniform),
        new FactorCase(
            "activations of other ops and a skip connection",
            net -> {
              SDVariable h = net.sd.nn.softplus(net.active(4));
              SDVariable g = net.sd.nn.elu(dense(net, h, 4, 4)).add(h);
              return net.sd.nn.tanh(dense(net, g.mul(0.5), 4, 3));
            },
            Losses.softmaxCrossEntropy(),
            FactorCase::oneHot),
        new FactorCase(
            "frozen weights and a frozen bias",
            net -> {
              SDVariable h = net.sd.nn.tanh(net.active(4));
              SDVariable g = h.mmul(net.constant(4, 4)).add(net.parameter(4));
              return net.sd.nn.sigmoid(g).mmul(net.parameter(4, 3)).add(net.constant(3));
            },
            Losses.meanSquaredError(),
            FactorCase::uniform));
  }

  private static SDVariable dense(Net net, SDVariable x, int inputs, int outputs) {
    return x.mmul(net.parameter(inputs, outputs)).add(net.parameter(outputs));
  }

  private static INDArray oneHot(DataType type) {
    return Nd4j.createFromArray(
            new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}})
        .castTo(type);
  }

  private static INDArray masked(DataType type) {
    return Nd4j.createFromArray(
            new double[][] {{1, 0, 0}, {0, 0, 0}, {0, 0.25, 0.5}, {0.2, 0.2, 0.6}, {1, 0, 0}})
        .castTo(type);
  }

  private static INDArray uniform(DataType type) {
    return Nd4j.createFromArray(new Random(4).doubles(3 * SAMPLES).toArray())
        .reshape(SAMPLES, 3)
        .castTo(type);
  }

  SameDiffObjectiveBuilder builder(DataType type) {
    Net net = new Net(type);
    net.sd.identity("out", output.apply(net));
    return SameDiffObjective.builder(net.sd).output("out").loss(loss);
  }

  ArrayBatch batch(DataType type) {
    return ArrayBatch.of(Net.normal(new Random(2), type, SAMPLES, 4), targets.apply(type));
  }

  /** A batch of one of the samples. */
  ArrayBatch sample(int n) {
    ArrayBatch batch = batch(DataType.DOUBLE);
    return ArrayBatch.of(
        BoundBatch.samples(batch.inputs().get(0), n, n + 1),
        BoundBatch.samples(batch.targets().get(0), n, n + 1));
  }

  @Override
  public String toString() {
    return name;
  }
}
