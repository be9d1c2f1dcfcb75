package io.github.sgn4j.solver;

import java.util.Arrays;

/**
 * The course of an iterative solve: entry 0 is the start, entry i what iteration i left. A solver's
 * own object, overwritten by its next solve; its arrays grow and are used again.
 */
public final class SolveHistory {

  private static final int INITIAL_CAPACITY = 64;
  // Martens 2010, section 4.4: progress is measured over this many iterations at least.
  private static final int SHORTEST_SPAN = 10;

  private static final SolveHistory EMPTY = new SolveHistory();

  private double[] residualNorms = {};
  private double[] modelValues = {};
  private int size;

  SolveHistory() {}

  /** That of a solve that was not asked to keep any. */
  static SolveHistory empty() {
    return EMPTY;
  }

  /** Number of entries: one more than iterations; 0 if the history was not kept. */
  public int size() {
    return size;
  }

  /** Euclidean norms of the residual; a copy. */
  public double[] residualNorms() {
    return Arrays.copyOf(residualNorms, size);
  }

  /** Values of the model 1/2 d.(A + rho D)d + b.d; a copy. */
  public double[] modelValues() {
    return Arrays.copyOf(modelValues, size);
  }

  void clear() {
    size = 0;
  }

  void add(double residualNorm, double modelValue) {
    if (size == residualNorms.length) {
      int capacity = Math.max(INITIAL_CAPACITY, 2 * size);
      residualNorms = Arrays.copyOf(residualNorms, capacity);
      modelValues = Arrays.copyOf(modelValues, capacity);
    }
    residualNorms[size] = residualNorm;
    modelValues[size] = modelValue;
    size++;
  }

  /** Martens' test on the last entry, i: (phi_i - phi_(i-k)) / phi_i &lt; k eps. */
  boolean progressBelow(double eps) {
    int i = size - 1;
    int k = Math.max(SHORTEST_SPAN, (i + 9) / 10);
    if (i <= k) {
      return false;
    }
    double value = modelValues[i];
    return value < 0 && (value - modelValues[i - k]) / value < k * eps;
  }
}
