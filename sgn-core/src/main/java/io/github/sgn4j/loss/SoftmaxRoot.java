package io.github.sgn4j.loss;

/**
 * A root of the softmax cross-entropy's Hessian s (diag(p) - p p^T) / N: S = (diag(q) - p q^T)
 * sqrt(s / N) with q = sqrt(p), because q^T q = 1.
 */
final class SoftmaxRoot extends HeapFactor {

  private final double[] p;
  private final double[] q;
  private final double[] scale;

  SoftmaxRoot(int samples, int classes) {
    super(samples, classes, classes);
    this.p = new double[samples * classes];
    this.q = new double[samples * classes];
    this.scale = new double[samples];
  }

  /** Takes a sample's scale sqrt(s / N). */
  void setScale(int sample, double value) {
    scale[sample] = value;
  }

  /** Takes a probability. */
  void setProbability(int entry, double value) {
    p[entry] = value;
    q[entry] = Math.sqrt(value);
  }

  @Override
  void column(int k, double[] result) {
    for (int n = 0, start = 0; n < samples; n++, start += outputs) {
      double factor = scale[n] * q[start + k];
      for (int j = start; j < start + outputs; j++) {
        result[j] = -factor * p[j];
      }
      result[start + k] += factor;
    }
  }

  @Override
  void multiply(double[] u, double[] result) {
    for (int n = 0, start = 0; n < samples; n++, start += outputs) {
      double dot = 0;
      for (int j = start; j < start + outputs; j++) {
        dot += q[j] * u[j];
      }
      for (int j = start; j < start + outputs; j++) {
        result[j] = scale[n] * (q[j] * u[j] - p[j] * dot);
      }
    }
  }

  @Override
  void multiplyTransposed(double[] t, double[] result) {
    for (int n = 0, start = 0; n < samples; n++, start += outputs) {
      double mean = 0;
      for (int j = start; j < start + outputs; j++) {
        mean += p[j] * t[j];
      }
      for (int j = start; j < start + outputs; j++) {
        result[j] = scale[n] * q[j] * (t[j] - mean);
      }
    }
  }
}
