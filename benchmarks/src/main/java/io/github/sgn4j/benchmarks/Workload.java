package io.github.sgn4j.benchmarks;

import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.SameDiffObjective;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of the published runs in single precision with one random batch, so that times compare
 * with those of other frameworks on the same shapes: inputs uniform in [0, 1], weights from N(0,
 * 1), biases from N(0, 0.01), classes or targets in [0, 1] drawn uniformly.
 *
 * @param objective bound to the model, whose variables hold {@code theta}
 * @param direction drawn from N(0, 1)
 * @param shape the network's
 */
record Workload(
    Objective objective, Batch batch, FlatVector theta, FlatVector direction, Shape shape) {

  /**
   * An MLP and its batch.
   *
   * @param widths from the input to the output
   * @param classification or else regression
   */
  record Shape(int samples, List<Integer> widths, boolean classification) {
    int inputs() {
      return widths.get(0);
    }

    int[] hidden() {
      return widths.subList(1, widths.size() - 1).stream().mapToInt(Integer::intValue).toArray();
    }

    int outputs() {
      return widths.get(widths.size() - 1);
    }
  }

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "mnist-mlp", new Shape(1000, List.of(784, 20, 20, 20, 10), true),
          "boston-mlp", new Shape(101, List.of(13, 100, 100, 1), false),
          "sine-mlp", new Shape(1000, List.of(1, 20, 20, 20, 1), false));

  /**
   * Builds the network of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Workload of(String net) {
    Shape shape = SHAPES.get(net);
    if (shape == null) {
      throw new IllegalArgumentException(
          "net = "
              + net
              + ": there is no such network, or the library cannot differentiate it yet; choose one"
              + " of "
              + new TreeSet<>(SHAPES.keySet()));
    }
    Random random = new Random(0);
    SameDiff model =
        Mlp.build(
            shape.inputs(), shape.hidden(), shape.outputs(), Mlp.INITIAL_SEED, DataType.FLOAT);
    SameDiffObjective objective =
        SameDiffObjective.builder(model)
            .inputs(Mlp.INPUT)
            .output(Mlp.OUTPUT)
            .loss(shape.classification ? Losses.softmaxCrossEntropy() : Losses.meanSquaredError())
            .parameters(Mlp.parameterNames(shape.hidden().length))
            .build();
    FlatVector theta = objective.initialParameters();
    for (Parameter parameter : objective.parameters().all()) {
      fillNormal(theta.view(parameter), parameter.name().startsWith("w") ? 1 : 0.1, random);
    }
    objective.publish(theta);
    FlatVector direction = theta.like();
    fillNormal(direction, 1, random);
    Batch batch = ArrayBatch.of(inputs(shape, random), targets(shape, random));
    return new Workload(objective, batch, theta, direction, shape);
  }

  private static void fillNormal(FlatVector vector, double deviation, Random random) {
    for (int i = 0; i < vector.length(); i++) {
      vector.set(i, deviation * random.nextGaussian());
    }
  }

  private static INDArray inputs(Shape shape, Random random) {
    float[][] x = new float[shape.samples][shape.inputs()];
    for (float[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextFloat();
      }
    }
    return Nd4j.createFromArray(x);
  }

  private static INDArray targets(Shape shape, Random random) {
    if (shape.classification) {
      return Nd4j.createFromArray(random.ints(shape.samples, 0, shape.outputs()).toArray());
    }
    float[][] y = new float[shape.samples][1];
    for (float[] row : y) {
      row[0] = random.nextFloat();
    }
    return Nd4j.createFromArray(y);
  }
}
