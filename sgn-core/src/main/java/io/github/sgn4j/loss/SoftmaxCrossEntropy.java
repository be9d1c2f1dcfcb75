package io.github.sgn4j.loss;

import io.github.sgn4j.nd.HostArrays;
import io.github.sgn4j.nd.VectorMath;
import io.github.sgn4j.objective.LossFamily;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cross-entropy of a softmax: with p = softmax(z) per row and N rows, gradient (s p - t) / N and
 * Hessian s (diag(p) - p p^T) / N per row, s being the sum of the row's targets (1, or 0 for a
 * sample that is masked out). Stable: logits are shifted by their row's maximum.
 */
final class SoftmaxCrossEntropy implements Loss {

  static final SoftmaxCrossEntropy INSTANCE = new SoftmaxCrossEntropy();

  private SoftmaxCrossEntropy() {}

  @Override
  public String name() {
    return "softmax cross-entropy";
  }

  @Override
  public LossFamily family() {
    return LossFamily.CROSS_ENTROPY;
  }

  @Override
  public LossKernel bind(
      DataType outputType, long[] outputShape, DataType targetType, long[] targetShape) {
    if (outputShape.length != 2) {
      throw new IllegalArgumentException(
          name() + " needs logits [samples, classes], got " + Arrays.toString(outputShape));
    }
    boolean dense = Arrays.equals(outputShape, targetShape) && targetType == outputType;
    boolean sparse =
        targetType.isIntType()
            && targetShape.length >= 1
            && targetShape[0] == outputShape[0]
            && Arrays.stream(targetShape).skip(1).allMatch(d -> d == 1);
    if (!dense && !sparse) {
      throw new IllegalArgumentException(
          name()
              + " with logits "
              + Arrays.toString(outputShape)
              + " "
              + outputType
              + " needs targets of the same shape and type, or integer classes ["
              + outputShape[0]
              + "]; got "
              + Arrays.toString(targetShape)
              + " "
              + targetType);
    }
    int rows = Math.toIntExact(outputShape[0]);
    int classes = Math.toIntExact(outputShape[1]);
    return outputType == DataType.FLOAT
        ? new FloatKernel(rows, classes, sparse)
        : new DoubleKernel(rows, classes, sparse);
  }

  private static int checkedClass(long label, int row, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "sample " + row + " has class " + label + "; classes are 0 to " + (classes - 1));
    }
    return (int) label;
  }

  private static final class FloatKernel implements LossKernel {
    private final int rows;
    private final int classes;
    private final boolean sparse;
    private final float[] target;
    private final float[] p;
    private final float[] scratch;
    private final float[] masses;
    private final double[] exponentials;
    private final HostArrays arrays = new HostArrays();
    private final KernelFactors factors;

    FloatKernel(int rows, int classes, boolean sparse) {
      this.rows = rows;
      this.classes = classes;
      this.sparse = sparse;
      this.target = new float[rows * classes];
      this.p = new float[rows * classes];
      this.scratch = new float[rows * classes];
      this.masses = new float[rows];
      this.exponentials = new double[rows * classes];
      this.factors =
          new SoftmaxFactors(rows, classes, i -> p[i], i -> target[i], row -> masses[row]);
    }

    @Override
    public double value(INDArray output, INDArray targets) {
      int n = rows * classes;
      arrays.of(output).read(0, p, 0, n);
      if (sparse) {
        Arrays.fill(target, 0);
        for (int i = 0; i < rows; i++) {
          target[i * classes + checkedClass(targets.getLong(i), i, classes)] = 1;
        }
      } else {
        arrays.of(targets).read(0, target, 0, n);
      }
      shift();
      VectorMath.expOfNegative(exponentials, 0, n);
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += row(i, i * classes, (i + 1) * classes);
      }
      return sum / rows;
    }

    /** Subtracts each row's largest logit. */
    private void shift() {
      for (int start = 0; start < p.length; start += classes) {
        float max = p[start];
        for (int k = start + 1; k < start + classes; k++) {
          max = Math.max(max, p[k]);
        }
        for (int k = start; k < start + classes; k++) {
          p[k] -= max;
          exponentials[k] = p[k];
        }
      }
    }

    /** Turns shifted logits into probabilities; returns sum_k t_k (log sum exp(z) - z_k). */
    private double row(int row, int start, int end) {
      double total = 0;
      double fit = 0;
      double mass = 0;
      for (int k = start; k < end; k++) {
        fit += target[k] == 0 ? 0 : target[k] * (double) p[k];
        mass += target[k];
        total += exponentials[k];
      }
      double scale = 1 / total;
      for (int k = start; k < end; k++) {
        p[k] = (float) (exponentials[k] * scale);
      }
      masses[row] = (float) mass;
      return mass * Math.log(total) - fit;
    }

    @Override
    public void gradient(INDArray result) {
      float scale = 1f / rows;
      for (int row = 0, k = 0; row < rows; row++) {
        for (int end = k + classes; k < end; k++) {
          scratch[k] = scale * (masses[row] * p[k] - target[k]);
        }
      }
      arrays.of(result).write(0, scratch, 0, p.length);
    }

    @Override
    public void hessianVectorProduct(INDArray v, INDArray result) {
      arrays.of(v).read(0, scratch, 0, p.length);
      for (int row = 0; row < rows; row++) {
        int start = row * classes;
        float scale = masses[row] / rows;
        float mean = 0;
        for (int k = start; k < start + classes; k++) {
          mean += p[k] * scratch[k];
        }
        for (int k = start; k < start + classes; k++) {
          scratch[k] = scale * p[k] * (scratch[k] - mean);
        }
      }
      arrays.of(result).write(0, scratch, 0, p.length);
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

  private static final class DoubleKernel implements LossKernel {
    private final int rows;
    private final int classes;
    private final boolean sparse;
    private final double[] target;
    private final double[] p;
    private final double[] scratch;
    private final double[] masses;
    private final HostArrays arrays = new HostArrays();
    private final KernelFactors factors;

    DoubleKernel(int rows, int classes, boolean sparse) {
      this.rows = rows;
      this.classes = classes;
      this.sparse = sparse;
      this.target = new double[rows * classes];
      this.p = new double[rows * classes];
      this.scratch = new double[rows * classes];
      this.masses = new double[rows];
      this.factors =
          new SoftmaxFactors(rows, classes, i -> p[i], i -> target[i], row -> masses[row]);
    }

    @Override
    public double value(INDArray output, INDArray targets) {
      int n = rows * classes;
      arrays.of(output).read(0, p, 0, n);
      if (sparse) {
        Arrays.fill(target, 0);
        for (int i = 0; i < rows; i++) {
          target[i * classes + checkedClass(targets.getLong(i), i, classes)] = 1;
        }
      } else {
        arrays.of(targets).read(0, target, 0, n);
      }
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += row(i, i * classes, (i + 1) * classes);
      }
      return sum / rows;
    }

    private double row(int row, int start, int end) {
      double max = p[start];
      for (int k = start + 1; k < end; k++) {
        max = Math.max(max, p[k]);
      }
      double total = 0;
      double fit = 0;
      double mass = 0;
      for (int k = start; k < end; k++) {
        double shifted = p[k] - max;
        p[k] = Math.exp(shifted);
        fit += target[k] == 0 ? 0 : target[k] * shifted;
        mass += target[k];
        total += p[k];
      }
      for (int k = start; k < end; k++) {
        p[k] /= total;
      }
      masses[row] = mass;
      return mass * Math.log(total) - fit;
    }

    @Override
    public void gradient(INDArray result) {
      for (int row = 0, k = 0; row < rows; row++) {
        for (int end = k + classes; k < end; k++) {
          scratch[k] = (masses[row] * p[k] - target[k]) / rows;
        }
      }
      arrays.of(result).write(0, scratch, 0, p.length);
    }

    @Override
    public void hessianVectorProduct(INDArray v, INDArray result) {
      arrays.of(v).read(0, scratch, 0, p.length);
      for (int row = 0; row < rows; row++) {
        int start = row * classes;
        double mean = 0;
        for (int k = start; k < start + classes; k++) {
          mean += p[k] * scratch[k];
        }
        for (int k = start; k < start + classes; k++) {
          scratch[k] = masses[row] * p[k] * (scratch[k] - mean) / rows;
        }
      }
      arrays.of(result).write(0, scratch, 0, p.length);
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
