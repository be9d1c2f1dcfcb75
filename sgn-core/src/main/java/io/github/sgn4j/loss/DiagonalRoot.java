package io.github.sgn4j.loss;

import java.util.Arrays;

/** A root of a diagonal Hessian: as many columns as outputs. */
final class DiagonalRoot extends HeapFactor {

  private final double[] roots;

  DiagonalRoot(int samples, int outputs) {
    super(samples, outputs, outputs);
    this.roots = new double[samples * outputs];
  }

  /** Takes the root of an entry's second derivative. */
  void set(int entry, double root) {
    roots[entry] = root;
  }

  @Override
  void column(int k, double[] result) {
    Arrays.fill(result, 0);
    for (int i = k; i < roots.length; i += outputs) {
      result[i] = roots[i];
    }
  }

  @Override
  void multiply(double[] u, double[] result) {
    for (int i = 0; i < roots.length; i++) {
      result[i] = roots[i] * u[i];
    }
  }

  @Override
  void multiplyTransposed(double[] t, double[] result) {
    multiply(t, result);
  }
}
