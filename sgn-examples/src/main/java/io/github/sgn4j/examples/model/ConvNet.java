package io.github.sgn4j.examples.model;

import io.github.sgn4j.examples.model.ConvLayer.Convolution;
import io.github.sgn4j.examples.model.ConvLayer.Nonlinearity;
import io.github.sgn4j.examples.model.ConvLayer.Pooling;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The convolutional networks of the published runs: layers of an architecture, then a linear layer
 * with an output for each class.
 *
 * <p>The model's placeholder is {@value #INPUT} [N, height, width, channels], its output {@value
 * #OUTPUT} [N, classes], its variables are w0, b0, w1, b1 and so on, from the input up. A
 * convolution's weight has the shape [filter height, filter width, input channels, filters], its
 * bias [filters]; a dense layer's have [inputs, outputs] and [1, outputs]. An image enters the
 * first dense layer row by row, the channels of a pixel side by side.
 *
 * <p>Weights are Xavier-uniform as the published runs had them: a convolution's within +-sqrt(6 /
 * (filters * input channels * filter size^2)), a dense layer's within +-sqrt(6 / (inputs +
 * classes)), the number of classes also where the layer has another number of outputs. Biases are
 * 0. They are drawn as the published runs drew them, so that theirs and ours start at the same
 * point: NumPy's RandomState(seed) for one layer after another, a convolution's weight in the order
 * [filters, channels, height, width], a dense layer's in the order [inputs, outputs] with an image
 * entering channel by channel. The draws depend on the seed alone: the same seed gives the same
 * weights in both precisions, rounded.
 */
public record ConvNet(
    ConvArchitecture architecture, ImageShape image, int classes, long initialSeed)
    implements Network {

  /** Name of the input placeholder. */
  public static final String INPUT = "x";

  /** Name of the output variable. */
  public static final String OUTPUT = "logits";

  /** Seed of the initial weights where nobody asks for another; the published runs' seed. */
  public static final long INITIAL_SEED = 1;

  /** NumPy's seeds have 32 bits. */
  private static final long MAX_SEED = 0xffff_ffffL;

  /**
   * A network.
   *
   * @param architecture its layers
   * @param image shape of an image
   * @param classes width of the output
   * @param initialSeed of the initial weights, 0 to 2^32 - 1
   * @throws ArchitectureException if the architecture does not fit the image
   * @throws IllegalArgumentException if there is no class or the seed is out of its range
   */
  public ConvNet {
    if (classes < 1) {
      throw new IllegalArgumentException("there must be at least 1 class, not " + classes);
    }
    if (initialSeed < 0 || initialSeed > MAX_SEED) {
      throw new IllegalArgumentException(
          "the initial seed must be 0 to " + MAX_SEED + ", not " + initialSeed);
    }
    architecture.shapes(image);
  }

  @Override
  public String description() {
    return "ConvNet " + image + ": " + architecture.summary() + ", " + classes;
  }

  @Override
  public String input() {
    return INPUT;
  }

  @Override
  public String output() {
    return OUTPUT;
  }

  @Override
  public String[] parameterNames() {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < weightShapes().size(); layer++) {
      names.add("w" + layer);
      names.add("b" + layer);
    }
    return names.toArray(String[]::new);
  }

  /** As a number that saturates: nobody can train networks beyond it. */
  @Override
  public long parameterCount() {
    try {
      long count = 0;
      for (long[] shape : weightShapes()) {
        long outputs = shape[shape.length - 1];
        long inputs = 1;
        for (int i = 0; i < shape.length - 1; i++) {
          inputs = Math.multiplyExact(inputs, shape[i]);
        }
        count = Math.addExact(count, Math.multiplyExact(inputs + 1, outputs));
      }
      return count;
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Shapes of the weights, from the input up. */
  private List<long[]> weightShapes() {
    List<ImageShape> shapes = architecture.shapes(image);
    List<long[]> weights = new ArrayList<>();
    for (int i = 0; i < architecture.convLayers().size(); i++) {
      if (architecture.convLayers().get(i) instanceof Convolution conv) {
        long size = conv.filterSize();
        weights.add(new long[] {size, size, shapes.get(i).channels(), conv.filters()});
      }
    }
    long width = shapes.get(shapes.size() - 1).size();
    for (DenseLayer layer : architecture.denseLayers()) {
      weights.add(new long[] {width, layer.outputSize()});
      width = layer.outputSize();
    }
    weights.add(new long[] {width, classes});
    return weights;
  }

  @Override
  public SameDiff build(DataType type) {
    return new Builder(type).build();
  }

  /** The state of one construction. */
  private final class Builder {

    private final SameDiff sd = SameDiff.create();
    private final NumPyUniform random = new NumPyUniform(initialSeed);
    private final DataType type;
    private final List<long[]> weightShapes = weightShapes();
    private int layer;

    Builder(DataType type) {
      this.type = type;
    }

    SameDiff build() {
      SDVariable x =
          sd.placeHolder(INPUT, type, -1, image.height(), image.width(), image.channels());
      for (ConvLayer each : architecture.convLayers()) {
        x = add(each, x);
      }
      x = sd.reshape(x, -1, weightShapes.get(layer)[0]);
      for (DenseLayer each : architecture.denseLayers()) {
        x = each.activation().apply(sd, affine(x));
      }
      affine(x).rename(OUTPUT);
      return sd;
    }

    private SDVariable add(ConvLayer each, SDVariable x) {
      if (each instanceof Convolution conv) {
        return convolve(conv, x);
      }
      if (each instanceof Pooling pool) {
        return sd.cnn()
            .maxPooling2d(
                x,
                Pooling2DConfig.builder()
                    .kH(pool.size())
                    .kW(pool.size())
                    .sH(pool.stride())
                    .sW(pool.stride())
                    .paddingMode(PaddingMode.VALID)
                    .isNHWC(true)
                    .build());
      }
      return ((Nonlinearity) each).activation().apply(sd, x);
    }

    private SDVariable convolve(Convolution conv, SDVariable x) {
      SDVariable w = sd.var("w" + layer, filters(weightShapes.get(layer)));
      SDVariable b = sd.var("b" + layer, Nd4j.zeros(type, conv.filters()));
      layer++;
      Conv2DConfig config =
          Conv2DConfig.builder()
              .kH(conv.filterSize())
              .kW(conv.filterSize())
              .sH(conv.stride())
              .sW(conv.stride())
              .pH(conv.padding())
              .pW(conv.padding())
              .dH(1)
              .dW(1)
              .paddingMode(PaddingMode.VALID)
              .dataFormat(Conv2DConfig.NHWC)
              .weightsFormat(WeightsFormat.YXIO)
              .build();
      return sd.cnn().conv2d(x, w, b, config);
    }

    private SDVariable affine(SDVariable x) {
      long[] shape = weightShapes.get(layer);
      SDVariable w = sd.var("w" + layer, matrix(shape));
      SDVariable b = sd.var("b" + layer, Nd4j.zeros(type, 1, shape[1]));
      layer++;
      return x.mmul(w).add(b);
    }

    /** Drawn as [filters, channels, height, width]. */
    private INDArray filters(long[] shape) {
      double bound = Math.sqrt(6.0 / (shape[3] * shape[2] * shape[1] * shape[0]));
      return draws(bound, shape[3], shape[2], shape[0], shape[1]).permute(2, 3, 1, 0).dup('c');
    }

    /** The rows of the first dense layer are drawn channel by channel of the image. */
    private INDArray matrix(long[] shape) {
      double bound = Math.sqrt(6.0 / (shape[0] + classes));
      INDArray drawn = draws(bound, shape);
      if (layer > convolutions()) {
        return drawn;
      }
      List<ImageShape> shapes = architecture.shapes(image);
      int channels = shapes.get(shapes.size() - 1).channels();
      return drawn
          .reshape('c', channels, shape[0] / channels, shape[1])
          .permute(1, 0, 2)
          .dup('c')
          .reshape('c', shape);
    }

    private int convolutions() {
      return weightShapes.size() - architecture.denseLayers().size() - 1;
    }

    private INDArray draws(double bound, long... shape) {
      int length = 1;
      for (long dimension : shape) {
        length = Math.toIntExact(length * dimension);
      }
      double[] draws = new double[length];
      for (int i = 0; i < length; i++) {
        draws[i] = random.within(bound);
      }
      return Nd4j.createFromArray(draws).reshape('c', shape).castTo(type);
    }
  }
}
