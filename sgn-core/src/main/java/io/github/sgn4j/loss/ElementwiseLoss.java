package io.github.sgn4j.loss;

import io.github.sgn4j.nd.HostArrays;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss that is a mean over entries, each of one output and one target. */
abstract class ElementwiseLoss implements Loss {

  /** The loss of one entry. */
  abstract double value(double output, double target);

  /** Its derivative by the output. */
  abstract double first(double output, double target);

  /** Its second derivative by the output, not negative. */
  abstract double second(double output, double target);

  /**
   * The derivative for a target drawn from the distribution that the output stands for, of mean 0
   * and of variance {@link #second}.
   */
  abstract double drawnFirst(double output, SampleRandom draw);

  @Override
  public final LossKernel bind(
      DataType outputType, long[] outputShape, DataType targetType, long[] targetShape) {
    boolean sameShape = Arrays.equals(outputShape, targetShape);
    boolean columns =
        isColumn(outputShape) && isColumn(targetShape) && outputShape[0] == targetShape[0];
    if (!sameShape && !columns) {
      throw new IllegalArgumentException(
          name()
              + " needs targets of the output's shape "
              + Arrays.toString(outputShape)
              + ", got "
              + Arrays.toString(targetShape));
    }
    if (targetType != outputType) {
      throw new IllegalArgumentException(
          name() + " needs targets of type " + outputType + " as the output, got " + targetType);
    }
    int n = Math.toIntExact(Arrays.stream(outputShape).reduce(1, Math::multiplyExact));
    int samples = outputShape.length == 0 ? 1 : (int) Math.max(1, outputShape[0]);
    return outputType == DataType.FLOAT
        ? new FloatKernel(n, samples)
        : new DoubleKernel(n, samples);
  }

  /** [N] and [N, 1] are as good as each other. */
  private static boolean isColumn(long[] shape) {
    return shape.length > 0 && Arrays.stream(shape).skip(1).allMatch(d -> d == 1);
  }

  private final class FloatKernel implements LossKernel {
    private final int n;
    private final float[] output;
    private final float[] target;
    private final float[] first;
    private final KernelFactors factors;
    private final HostArrays arrays = new HostArrays();

    FloatKernel(int n, int samples) {
      this.n = n;
      this.output = new float[n];
      this.target = new float[n];
      this.first = new float[n];
      this.factors =
          new ElementwiseFactors(
              ElementwiseLoss.this, samples, n / samples, i -> output[i], i -> target[i]);
    }

    @Override
    public double value(INDArray out, INDArray targets) {
      arrays.of(out).read(0, output, 0, n);
      arrays.of(targets).read(0, target, 0, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += ElementwiseLoss.this.value(output[i], target[i]);
      }
      return sum / n;
    }

    @Override
    public void gradient(INDArray result) {
      for (int i = 0; i < n; i++) {
        first[i] = (float) (ElementwiseLoss.this.first(output[i], target[i]) / n);
      }
      arrays.of(result).write(0, first, 0, n);
    }

    @Override
    public void hessianVectorProduct(INDArray v, INDArray result) {
      float[] product = first;
      arrays.of(v).read(0, product, 0, n);
      for (int i = 0; i < n; i++) {
        product[i] *= (float) (ElementwiseLoss.this.second(output[i], target[i]) / n);
      }
      arrays.of(result).write(0, product, 0, n);
    }

    @Override
    public int factorColumns(FactorKind kind) {
      return factors.columns(kind);
    }

    @Override
    public LossFactor factor(FactorKind kind, int firstSample, int batchSamples) {
      return factors.of(kind, firstSample, batchSamples);
    }
  }

  private final class DoubleKernel implements LossKernel {
    private final int n;
    private final double[] output;
    private final double[] target;
    private final double[] scratch;
    private final KernelFactors factors;
    private final HostArrays arrays = new HostArrays();

    DoubleKernel(int n, int samples) {
      this.n = n;
      this.output = new double[n];
      this.target = new double[n];
      this.scratch = new double[n];
      this.factors =
          new ElementwiseFactors(
              ElementwiseLoss.this, samples, n / samples, i -> output[i], i -> target[i]);
    }

    @Override
    public double value(INDArray out, INDArray targets) {
      arrays.of(out).read(0, output, 0, n);
      arrays.of(targets).read(0, target, 0, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += ElementwiseLoss.this.value(output[i], target[i]);
      }
      return sum / n;
    }

    @Override
    public void gradient(INDArray result) {
      for (int i = 0; i < n; i++) {
        scratch[i] = ElementwiseLoss.this.first(output[i], target[i]) / n;
      }
      arrays.of(result).write(0, scratch, 0, n);
    }

    @Override
    public void hessianVectorProduct(INDArray v, INDArray result) {
      arrays.of(v).read(0, scratch, 0, n);
      for (int i = 0; i < n; i++) {
        scratch[i] *= ElementwiseLoss.this.second(output[i], target[i]) / n;
      }
      arrays.of(result).write(0, scratch, 0, n);
    }

    @Override
    public int factorColumns(FactorKind kind) {
      return factors.columns(kind);
    }

    @Override
    public LossFactor factor(FactorKind kind, int firstSample, int batchSamples) {
      return factors.of(kind, firstSample, batchSamples);
    }
  }
}
