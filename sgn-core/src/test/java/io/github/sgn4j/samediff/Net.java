package io.github.sgn4j.samediff;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parts that test networks are put together from. Values are drawn from a fixed seed in double,
 * so that a network of singles is the network of doubles, rounded.
 */
final class Net {

  static final int FEATURES = 4;

  final SameDiff sd = SameDiff.create();
  final DataType type;
  final SDVariable x;
  private final Random random = new Random(20240611);
  private int parameters;

  Net(DataType type) {
    this.type = type;
    this.x = sd.placeHolder("x", type, -1, FEATURES);
  }

  /** A trainable variable of standard normal values. */
  SDVariable parameter(long... shape) {
    return sd.var("p" + parameters++, normal(shape));
  }

  /** A trainable variable of these values. */
  SDVariable parameter(double[] values) {
    return sd.var("p" + parameters++, Nd4j.create(values).castTo(type));
  }

  /** A constant of standard normal values. */
  SDVariable constant(long... shape) {
    return sd.constant(normal(shape));
  }

  /** An affine function of the input with a non-zero bias, [N, perSample...]. */
  SDVariable active(long... perSample) {
    int width = (int) length(perSample);
    return spread(x.mmul(parameter(FEATURES, width)).add(parameter(width)), perSample);
  }

  /** A function of the input alone, [N, perSample...]. */
  SDVariable passive(long... perSample) {
    return spread(x.mmul(constant(FEATURES, length(perSample))), perSample);
  }

  /** As {@link #active}, with values above 1/2. */
  SDVariable positive(long... perSample) {
    return sd.math.square(active(perSample)).add(0.5);
  }

  private INDArray normal(long... shape) {
    return normal(random, type, shape);
  }

  static INDArray normal(Random random, DataType type, long... shape) {
    double[] values = new double[(int) length(shape)];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Nd4j.create(values).reshape(shape).castTo(type);
  }

  private static SDVariable spread(SDVariable rows, long... perSample) {
    if (perSample.length == 1) {
      return rows;
    }
    long[] shape = new long[perSample.length + 1];
    shape[0] = -1;
    System.arraycopy(perSample, 0, shape, 1, perSample.length);
    return rows.reshape(shape);
  }

  private static long length(long... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
