package io.github.sgn4j.benchmarks;

import io.github.sgn4j.examples.model.ConvArchitecture;
import io.github.sgn4j.examples.model.ConvNet;
import io.github.sgn4j.examples.model.ImageShape;
import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.Batch;
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

/**
 * A network of the published runs in single precision with one random batch, so that times compare
 * with those of other frameworks on the same shapes: inputs uniform in [0, 1], an MLP's weights
 * from N(0, 1), all other parameters from N(0, 0.01), classes or targets in [0, 1] drawn uniformly.
 *
 * @param objective bound to the model, whose variables hold {@code theta}
 * @param direction drawn from N(0, 1)
 * @param products the matrix products that it is made of, from the input up
 */
record Workload(
    Objective objective,
    Batch batch,
    FlatVector theta,
    FlatVector direction,
    List<LayerProduct> products) {

  /** Names of the networks. */
  static final List<String> NETS =
      List.of("mnist-mlp", "boston-mlp", "sine-mlp", "fashion-conv", "cifar-conv");

  private static final int SAMPLES = 1000;

  /**
   * Builds the network of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Workload of(String net) {
    return switch (net) {
      case "mnist-mlp" -> mlp(SAMPLES, true, 784, 20, 20, 20, 10);
      case "boston-mlp" -> mlp(101, false, 13, 100, 100, 1);
      case "sine-mlp" -> mlp(SAMPLES, false, 1, 20, 20, 20, 1);
      case "fashion-conv" -> conv("fashion", new ImageShape(28, 28, 1));
      case "cifar-conv" -> conv("cifar10", new ImageShape(32, 32, 3));
      default ->
          throw new IllegalArgumentException(
              "net = " + net + ": there is no such network; choose one of " + NETS);
    };
  }

  private static Workload mlp(int samples, boolean classification, int... widths) {
    int last = widths.length - 1;
    int[] hidden = Arrays.copyOfRange(widths, 1, last);
    List<LayerProduct> products = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      products.add(new LayerProduct(samples, widths[i], widths[i + 1]));
    }
    SameDiff model = Mlp.build(widths[0], hidden, widths[last], Mlp.INITIAL_SEED, DataType.FLOAT);
    return of(
        SameDiffObjective.builder(model)
            .inputs(Mlp.INPUT)
            .output(Mlp.OUTPUT)
            .parameters(Mlp.parameterNames(hidden.length)),
        new long[] {samples, widths[0]},
        classification ? widths[last] : 0,
        name -> name.startsWith("w") ? 1 : 0.1,
        products);
  }

  private static Workload conv(String architecture, ImageShape image) {
    int classes = 10;
    ConvArchitecture layers = ConvArchitecture.bundled(architecture);
    ConvNet net = new ConvNet(layers, image, classes, ConvNet.INITIAL_SEED);
    return of(
        SameDiffObjective.builder(net.build(DataType.FLOAT))
            .inputs(ConvNet.INPUT)
            .output(ConvNet.OUTPUT)
            .parameters(net.parameterNames()),
        new long[] {SAMPLES, image.height(), image.width(), image.channels()},
        classes,
        name -> 0.1,
        LayerProduct.of(layers, image, SAMPLES, classes));
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
      List<LayerProduct> products) {
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
    return new Workload(objective, ArrayBatch.of(inputs, targets), theta, direction, products);
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
