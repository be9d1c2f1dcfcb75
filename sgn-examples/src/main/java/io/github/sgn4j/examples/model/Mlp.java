package io.github.sgn4j.examples.model;

import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Multi-layer perceptrons with a linear output; the published runs' have sigmoid hidden layers and
 * weights from N(0, 1).
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
   * Builds a model as in the published runs; see the other method.
   *
   * @param inputs width of the input
   * @param hidden widths of the hidden layers, from the input up; may be empty
   * @param outputs width of the output
   * @param seed of the initial weights
   * @param type FLOAT or DOUBLE
   * @throws IllegalArgumentException if a width is below 1
   */
  public static SameDiff build(int inputs, int[] hidden, int outputs, long seed, DataType type) {
    return build(
        inputs, hidden, outputs, Activation.SIGMOID, new Weights(WeightInit.NORMAL, seed), type);
  }

  /**
   * How the initial weights are drawn: by the seed alone, so that the same seed gives the same
   * weights in both precisions, rounded.
   *
   * @param init their distribution
   * @param seed of the draws
   */
  public record Weights(WeightInit init, long seed) {}

  /**
   * Builds a model. Biases are 0.
   *
   * @param inputs width of the input
   * @param hidden widths of the hidden layers, from the input up; may be empty
   * @param outputs width of the output
   * @param activation of the hidden layers
   * @param weights how the initial weights are drawn
   * @param type FLOAT or DOUBLE
   * @throws IllegalArgumentException if a width is below 1
   */
  public static SameDiff build(
      int inputs,
      int[] hidden,
      int outputs,
      Activation activation,
      Weights weights,
      DataType type) {
    SameDiff sd = SameDiff.create();
    Random random = new Random(weights.seed());
    SDVariable x = sd.placeHolder(INPUT, type, -1, requirePositive(inputs));
    int width = inputs;
    for (int layer = 0; layer <= hidden.length; layer++) {
      boolean last = layer == hidden.length;
      int next = requirePositive(last ? outputs : hidden[layer]);
      INDArray draws = draws(weights.init(), random, width, next, type);
      SDVariable z = affine(sd, layer, x, draws);
      x = last ? z : activation.apply(sd, z);
      width = next;
    }
    x.rename(OUTPUT);
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

  private static SDVariable affine(SameDiff sd, int layer, SDVariable x, INDArray weights) {
    SDVariable w = sd.var("w" + layer, weights);
    SDVariable b = sd.var("b" + layer, Nd4j.zeros(weights.dataType(), 1, weights.size(1)));
    return x.mmul(w).add(b);
  }

  private static INDArray draws(
      WeightInit init, Random random, int rows, int columns, DataType type) {
    double[][] draws = new double[rows][columns];
    for (double[] row : draws) {
      for (int j = 0; j < columns; j++) {
        row[j] = init.draw(random, rows, columns);
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
