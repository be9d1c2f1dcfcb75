package io.github.sgn4j.benchmarks;

import io.github.sgn4j.examples.model.ConvArchitecture;
import io.github.sgn4j.examples.model.ConvNet;
import io.github.sgn4j.examples.model.ImageShape;
import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.samediff.SameDiffObjectiveBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A network of the published runs, or a wide one, in single precision with one random batch, so
 * that times compare with those of other frameworks on the same shapes: inputs uniform in [0, 1], a
 * published MLP's weights from N(0, 1), all other parameters from N(0, 0.01), classes or targets in
 * [0, 1] drawn uniformly.
 *
 * @param objective bound to the model, whose variables hold {@code theta}
 * @param direction drawn from N(0, 1)
 * @param layers the matrix products that it is made of, from the input up
 */
record Workload(
    Objective objective,
    ArrayBatch batch,
    FlatVector theta,
    FlatVector direction,
    List<LayerProduct> layers) {

  /** Names of the networks. */
  static final List<String> NETS =
      List.of("mnist-mlp", "boston-mlp", "sine-mlp", "wide-mlp", "fashion-conv", "cifar-conv");

  private static final int SAMPLES = 1000;
  private static final int BOSTON_SAMPLES = 101;
  private static final int CLASSES = 10;
  private static final ImageShape FASHION_IMAGE = new ImageShape(28, 28, 1);
  private static final ImageShape CIFAR_IMAGE = new ImageShape(32, 32, 3);

  /**
   * Builds the network of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Workload of(String net) {
    List<LayerProduct> layers = layersOf(net);
    return switch (net) {
      case "fashion-conv" -> conv("fashion", FASHION_IMAGE, layers);
      case "cifar-conv" -> conv("cifar10", CIFAR_IMAGE, layers);
      case "wide-mlp" -> mlp(layers, 0.1);
      default -> mlp(layers, 1);
    };
  }

  /** The layers of the network of that name. */
  static List<LayerProduct> layersOf(String net) {
    return switch (net) {
      case "mnist-mlp" -> layers(SAMPLES, 784, 20, 20, 20, CLASSES);
      case "wide-mlp" -> layers(SAMPLES, 784, 256, 128, CLASSES);
      case "boston-mlp" -> layers(BOSTON_SAMPLES, 13, 100, 100, 1);
      case "sine-mlp" -> layers(SAMPLES, 1, 20, 20, 20, 1);
      case "fashion-conv" ->
          LayerProduct.of(ConvArchitecture.bundled("fashion"), FASHION_IMAGE, SAMPLES, CLASSES);
      case "cifar-conv" ->
          LayerProduct.of(ConvArchitecture.bundled("cifar10"), CIFAR_IMAGE, SAMPLES, CLASSES);
      default ->
          throw new IllegalArgumentException(
              "net = " + net + ": there is no such network; choose one of " + NETS);
    };
  }

  private static List<LayerProduct> layers(int samples, int... widths) {
    List<LayerProduct> layers = new ArrayList<>();
    for (int i = 0; i < widths.length - 1; i++) {
      layers.add(new LayerProduct(samples, widths[i], widths[i + 1]));
    }
    return layers;
  }

  /** Whether a network's batch is computed in shards by several threads. */
  static boolean isSharded(String net) {
    return net.endsWith("-conv");
  }

  private static Workload mlp(List<LayerProduct> layers, double deviationOfWeights) {
    int[] hidden = layers.stream().skip(1).mapToInt(LayerProduct::inputs).toArray();
    int inputs = layers.get(0).inputs();
    int outputs = layers.get(layers.size() - 1).outputs();
    SameDiff model = Mlp.build(inputs, hidden, outputs, Mlp.INITIAL_SEED, DataType.FLOAT);
    return of(
        SameDiffObjective.builder(model)
            .inputs(Mlp.INPUT)
            .output(Mlp.OUTPUT)
            .parameters(Mlp.parameterNames(hidden.length)),
        new long[] {layers.get(0).rows(), inputs},
        outputs > 1 ? outputs : 0,
        name -> name.startsWith("w") ? deviationOfWeights : 0.1,
        layers);
  }

  private static Workload conv(String architecture, ImageShape image, List<LayerProduct> layers) {
    ConvArchitecture bundled = ConvArchitecture.bundled(architecture);
    ConvNet net = new ConvNet(bundled, image, CLASSES, ConvNet.INITIAL_SEED);
    return of(
        SameDiffObjective.builder(net.build(DataType.FLOAT))
            .inputs(ConvNet.INPUT)
            .output(ConvNet.OUTPUT)
            .parameters(net.parameterNames()),
        new long[] {SAMPLES, image.height(), image.width(), image.channels()},
        CLASSES,
        name -> 0.1,
        layers);
  }

  /**
   * Draws parameters and batch.
   *
   * @param classes 0 for one target
   * @param deviation of a parameter by its name
   */
  private static Workload of(
      SameDiffObjectiveBuilder builder,
      long[] inputShape,
      int classes,
      ToDoubleFunction<String> deviation,
      List<LayerProduct> layers) {
    Random random = new Random(0);
    SameDiffObjective objective =
        builder
            .loss(classes > 0 ? Losses.softmaxCrossEntropy() : Losses.meanSquaredError())
            .build();
    FlatVector theta = objective.initialParameters();
    for (Parameter parameter : objective.parameters().all()) {
      fillNormal(theta.view(parameter), deviation.applyAsDouble(parameter.name()), random);
    }
    objective.publish(theta);
    FlatVector direction = theta.like();
    fillNormal(direction, 1, random);
    INDArray inputs = uniform(random, inputShape);
    int samples = (int) inputShape[0];
    INDArray targets =
        classes > 0
            ? Nd4j.createFromArray(random.ints(samples, 0, classes).toArray())
            : uniform(random, samples, 1);
    return new Workload(objective, ArrayBatch.of(inputs, targets), theta, direction, layers);
  }

  /**
   * Further batches of the same shapes that can be learnt from: a sample's target is its first
   * input, its class the tenth of [0, 1] that this lies in.
   */
  List<ArrayBatch> learnableBatches(int count) {
    Random random = new Random(1);
    DataType type = batch.targets().get(0).dataType();
    long[] shape = batch.targets().get(0).shape();
    List<ArrayBatch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      INDArray inputs = uniform(random, batch.inputs().get(0).shape());
      INDArray first = inputs.reshape('c', batch.size(), -1).getColumn(0);
      INDArray targets = type.isFPType() ? first.dup() : Transforms.floor(first.mul(CLASSES));
      batches.add(ArrayBatch.of(inputs, targets.castTo(type).reshape('c', shape)));
    }
    return batches;
  }

  private static void fillNormal(FlatVector vector, double deviation, Random random) {
    for (int i = 0; i < vector.length(); i++) {
      vector.set(i, deviation * random.nextGaussian());
    }
  }

  private static INDArray uniform(Random random, long... shape) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}
