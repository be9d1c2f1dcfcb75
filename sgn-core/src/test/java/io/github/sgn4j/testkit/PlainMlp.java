package io.github.sgn4j.testkit;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A multilayer perceptron written out by hand, in double precision inside: sigmoid hidden layers, a
 * linear output, and softmax cross-entropy or mean squared error. Independent of the engine, so
 * that each can judge the other.
 *
 * <p>theta = [W0 (units[0] x units[1], row-major), b0, W1, b1, ...].
 */
public final class PlainMlp implements Objective {

  /** The loss, a mean over samples (cross-entropy) or over samples and outputs (squared error). */
  public enum Loss {
    CROSS_ENTROPY,
    SQUARED_ERROR
  }

  private final int[] units;
  private final Loss loss;
  private final Precision precision;
  private final double[] initial;
  private final ParameterSpace parameters;

  /** A network of units[0] inputs and units[last] outputs. */
  public PlainMlp(int[] units, Loss loss, Precision precision, double[] initial) {
    this.units = units.clone();
    this.loss = loss;
    this.precision = precision;
    this.initial = initial.clone();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int l = 0; l + 1 < units.length; l++) {
      shapes.put("w" + l, new long[] {units[l], units[l + 1]});
      shapes.put("b" + l, new long[] {units[l + 1]});
    }
    parameters = ParameterSpace.of(shapes);
    if (parameters.dimension() != initial.length) {
      throw new IllegalArgumentException(
          initial.length + " initial values for " + parameters.dimension() + " parameters");
    }
  }

  @Override
  public ParameterSpace parameters() {
    return parameters;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public FlatVector initialParameters() {
    return FlatVector.of(precision, initial);
  }

  @Override
  public Evaluation evaluate(FlatVector theta, Batch batch) {
    PlainBatch data = (PlainBatch) batch;
    double[][] output = output(theta, batch);
    return new Evaluation(loss(output, data.targets()), metric(output, data.targets()));
  }

  @Override
  public PlainLinearization linearize(FlatVector theta, Batch batch) {
    return new PlainLinearization(theta.toDoubleArray(), (PlainBatch) batch);
  }

  /** The network's output before the loss, samples x outputs. */
  public double[][] output(FlatVector theta, Batch batch) {
    double[][][] activations = forward(theta.toDoubleArray(), ((PlainBatch) batch).inputs());
    return activations[activations.length - 1];
  }

  /** The largest pre-activation of a hidden unit over the batch. */
  public double largestHiddenPreActivation(FlatVector theta, Batch batch) {
    double[] values = theta.toDoubleArray();
    double[][][] activations = forward(values, ((PlainBatch) batch).inputs());
    double max = Double.NEGATIVE_INFINITY;
    int offset = 0;
    for (int l = 0; l + 2 < units.length; l++) {
      for (double[] row : affine(activations[l], values, offset, l)) {
        for (double x : row) {
          max = Math.max(max, x);
        }
      }
      offset += (units[l] + 1) * units[l + 1];
    }
    return max;
  }

  private double[][][] forward(double[] theta, double[][] inputs) {
    double[][][] activations = new double[units.length][][];
    activations[0] = inputs;
    int offset = 0;
    for (int l = 0; l + 1 < units.length; l++) {
      double[][] z = affine(activations[l], theta, offset, l);
      if (l + 2 < units.length) {
        for (double[] row : z) {
          for (int j = 0; j < row.length; j++) {
            row[j] = 1 / (1 + Math.exp(-row[j]));
          }
        }
      }
      activations[l + 1] = z;
      offset += (units[l] + 1) * units[l + 1];
    }
    return activations;
  }

  /** a W + b of layer l, whose parameters start at offset. */
  private double[][] affine(double[][] a, double[] theta, int offset, int l) {
    int in = units[l];
    int out = units[l + 1];
    double[][] z = new double[a.length][out];
    for (int s = 0; s < a.length; s++) {
      for (int j = 0; j < out; j++) {
        double sum = theta[offset + in * out + j];
        for (int i = 0; i < in; i++) {
          sum += a[s][i] * theta[offset + i * out + j];
        }
        z[s][j] = sum;
      }
    }
    return z;
  }

  private double loss(double[][] output, double[][] targets) {
    double sum = 0;
    for (int s = 0; s < output.length; s++) {
      double logSum = loss == Loss.CROSS_ENTROPY ? logSumExp(output[s]) : 0;
      for (int j = 0; j < output[s].length; j++) {
        double error = output[s][j] - targets[s][j];
        sum +=
            loss == Loss.CROSS_ENTROPY
                ? targets[s][j] * (logSum - output[s][j])
                : error * error / output[s].length;
      }
    }
    return sum / output.length;
  }

  private double metric(double[][] output, double[][] targets) {
    if (loss == Loss.SQUARED_ERROR) {
      return Double.NaN;
    }
    double right = 0;
    for (int s = 0; s < output.length; s++) {
      right += targets[s][argMax(output[s])];
    }
    return right / output.length;
  }

  /** Index of the first largest element. */
  public static int argMax(double[] row) {
    int best = 0;
    for (int j = 1; j < row.length; j++) {
      if (row[j] > row[best]) {
        best = j;
      }
    }
    return best;
  }

  /** Softmax of a row. */
  public static double[] softmax(double[] row) {
    double logSum = logSumExp(row);
    double[] p = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      p[j] = Math.exp(row[j] - logSum);
    }
    return p;
  }

  private static double logSumExp(double[] row) {
    double max = row[argMax(row)];
    double sum = 0;
    for (double x : row) {
      sum += Math.exp(x - max);
    }
    return max + Math.log(sum);
  }

  /** The network at one theta and batch, with every factor of its Gauss-Newton product. */
  public final class PlainLinearization implements Linearization {

    private final double[] theta;
    private final PlainBatch batch;
    private final double[][][] activations;

    PlainLinearization(double[] theta, PlainBatch batch) {
      this.theta = theta;
      this.batch = batch;
      activations = forward(theta, batch.inputs());
    }

    private double[][] output() {
      return activations[activations.length - 1];
    }

    @Override
    public Evaluation evaluation() {
      return new Evaluation(loss(output(), batch.targets()), metric(output(), batch.targets()));
    }

    /** dL/df, samples x outputs. */
    public double[][] lossGradient() {
      double[][] f = output();
      double[][] gradient = new double[f.length][];
      for (int s = 0; s < f.length; s++) {
        int k = f[s].length;
        double[] row = loss == Loss.CROSS_ENTROPY ? softmax(f[s]) : f[s].clone();
        for (int j = 0; j < k; j++) {
          row[j] -= batch.targets()[s][j];
          row[j] *= loss == Loss.CROSS_ENTROPY ? 1.0 / f.length : 2.0 / (f.length * k);
        }
        gradient[s] = row;
      }
      return gradient;
    }

    /** H u, samples x outputs. */
    public double[][] lossHessianProduct(double[][] u) {
      double[][] f = output();
      double[][] product = new double[f.length][];
      for (int s = 0; s < f.length; s++) {
        int k = f[s].length;
        product[s] = new double[k];
        double[] p = softmax(f[s]);
        double mean = 0;
        for (int j = 0; j < k; j++) {
          mean += p[j] * u[s][j];
        }
        for (int j = 0; j < k; j++) {
          product[s][j] =
              loss == Loss.CROSS_ENTROPY
                  ? p[j] * (u[s][j] - mean) / f.length
                  : 2 * u[s][j] / (f.length * k);
        }
      }
      return product;
    }

    /** J v, samples x outputs. */
    public double[][] jvp(double[] v) {
      double[][] tangent = new double[batch.size()][units[0]];
      int offset = 0;
      for (int l = 0; l + 1 < units.length; l++) {
        double[][] next = affine(activations[l], v, offset, l);
        for (int s = 0; s < next.length; s++) {
          for (int j = 0; j < units[l + 1]; j++) {
            for (int i = 0; i < units[l]; i++) {
              next[s][j] += tangent[s][i] * theta[offset + i * units[l + 1] + j];
            }
            if (l + 2 < units.length) {
              next[s][j] *= sigmoidSlope(l + 1, s, j);
            }
          }
        }
        tangent = next;
        offset += (units[l] + 1) * units[l + 1];
      }
      return tangent;
    }

    /** J^T u. */
    public double[] vjp(double[][] u) {
      double[] result = new double[theta.length];
      double[][] delta = u;
      int offset = theta.length;
      for (int l = units.length - 2; l >= 0; l--) {
        int in = units[l];
        int out = units[l + 1];
        offset -= (in + 1) * out;
        double[][] back = new double[delta.length][in];
        for (int s = 0; s < delta.length; s++) {
          for (int j = 0; j < out; j++) {
            result[offset + in * out + j] += delta[s][j];
            for (int i = 0; i < in; i++) {
              result[offset + i * out + j] += activations[l][s][i] * delta[s][j];
              back[s][i] += theta[offset + i * out + j] * delta[s][j];
            }
          }
          for (int i = 0; l > 0 && i < in; i++) {
            back[s][i] *= sigmoidSlope(l, s, i);
          }
        }
        delta = back;
      }
      return result;
    }

    private double sigmoidSlope(int layer, int sample, int unit) {
      double a = activations[layer][sample][unit];
      return a * (1 - a);
    }

    @Override
    public void gradient(FlatVector result) {
      result.assign(FlatVector.of(precision, vjp(lossGradient())));
    }

    @Override
    public void ggnVectorProduct(FlatVector v, FlatVector result) {
      double[] product = vjp(lossHessianProduct(jvp(v.toDoubleArray())));
      result.assign(FlatVector.of(precision, product));
    }

    @Override
    public long sampleCount() {
      return batch.size();
    }

    @Override
    public void close() {}
  }
}
