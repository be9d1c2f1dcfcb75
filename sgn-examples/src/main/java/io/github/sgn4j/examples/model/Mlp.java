package io.github.sgn4j.examples.model;

import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The multi-layer perceptron of the published runs: sigmoid hidden layers, linear output.
 *
 * <p>The model's placeholder is {@value #INPUT} [N, inputs], its output {@value #OUTPUT} [N,
 * outputs], its variables are w0, b0, w1, b1 and so on, from the input up. A weight w has the shape
 * [inputs of the layer, outputs of the layer].
 */
public final class Mlp {

  /** Name of the input placeholder. */
  public static final String INPUT = "x";

  /** Name of the output variable: logits, or the regression's values. */
  public static final String OUTPUT = "out";

  /** Seed of the initial weights where nobody asks for another. */
  public static final long INITIAL_SEED = 10;

  private Mlp() {}

  /**
   * Builds the model. Weights are drawn from N(0, 1), unscaled as in the published runs; biases are
   * 0. The draws depend on the seed alone: the same seed gives the same weights in both precisions,
   * rounded.
   *
   * @param inputs width of the input
   * @param hidden widths of the hidden layers, from the input up; may be empty
   * @param outputs width of the output
   * @param seed of the initial weights
   * @param type FLOAT or DOUBLE
   * @throws IllegalArgumentException if a width is below 1
   */
  public static SameDiff build(int inputs, int[] hidden, int outputs, long seed, DataType type) {
    SameDiff sd = SameDiff.create();
    Random random = new Random(seed);
    SDVariable activation = sd.placeHolder(INPUT, type, -1, requirePositive(inputs));
    int width = inputs;
    for (int layer = 0; layer < hidden.length; layer++) {
      int next = requirePositive(hidden[layer]);
      activation = sd.nn().sigmoid(affine(sd, layer, activation, width, next, random, type));
      width = next;
    }
    affine(sd, hidden.length, activation, width, requirePositive(outputs), random, type)
        .rename(OUTPUT);
    return sd;
  }

  /**
   * Names of the trainable variables from the input up: w0, b0, w1, b1 and so on. SameDiff itself
   * keeps its variables in a hash map, without order.
   *
   * @param hiddenLayers number of hidden layers
   */
  public static String[] parameterNames(int hiddenLayers) {
    String[] names = new String[2 * (hiddenLayers + 1)];
    for (int layer = 0; layer <= hiddenLayers; layer++) {
      names[2 * layer] = "w" + layer;
      names[2 * layer + 1] = "b" + layer;
    }
    return names;
  }

  private static SDVariable affine(
      SameDiff sd, int layer, SDVariable x, int from, int to, Random random, DataType type) {
    SDVariable w = sd.var("w" + layer, normal(random, from, to, type));
    SDVariable b = sd.var("b" + layer, Nd4j.zeros(type, 1, to));
    return x.mmul(w).add(b);
  }

  private static INDArray normal(Random random, int rows, int columns, DataType type) {
    double[][] draws = new double[rows][columns];
    for (double[] row : draws) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return Nd4j.createFromArray(draws).castTo(type);
  }

  private static int requirePositive(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("a layer's width must be at least 1, not " + width);
    }
    return width;
  }
}
