package io.github.sgn4j.curvature;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * What a Lanczos process tells of a matrix's eigenvalues. Immutable; arrays are copied.
 *
 * <p>Their number is that of the steps, or less if the start lies in a smaller invariant subspace:
 * they are eigenvalues then, and the bounds are about 0.
 */
public final class RitzValues {

  private final double[] values;
  private final double[] weights;
  private final double[] errorBounds;

  private RitzValues(int size) {
    values = new double[size];
    weights = new double[size];
    errorBounds = new double[size];
  }

  /** From T's decomposition and the norm of what is left after the last step. */
  static RitzValues of(EigenDecomposition_F64<DMatrixRMaj> eigen, int size, double left) {
    RitzValues ritz = new RitzValues(size);
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> eigen.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < size; i++) {
      DMatrixRMaj s = eigen.getEigenVector(order[i]);
      ritz.values[i] = eigen.getEigenvalue(order[i]).getReal();
      ritz.weights[i] = s.get(0) * s.get(0);
      ritz.errorBounds[i] = left * Math.abs(s.get(size - 1));
    }
    return ritz;
  }

  /** The Ritz values, ascending. */
  public double[] values() {
    return values.clone();
  }

  /**
   * The quadrature weight of each: the squared cosine between the start and the Ritz vector. They
   * sum to 1.
   */
  public double[] weights() {
    return weights.clone();
  }

  /**
   * |A y - theta y| of each Ritz value theta with its vector y of norm 1: within it there is an
   * eigenvalue of A (Golub and Van Loan, theorem 10.1.3). To it comes the products' own error, of
   * the order of the precision times the largest eigenvalue.
   */
  public double[] errorBounds() {
    return errorBounds.clone();
  }

  /**
   * The smallest, which is above the smallest eigenvalue or equal to it; inaccurate where small
   * eigenvalues crowd.
   */
  public double smallest() {
    return values[0];
  }

  /** The largest, which is below the largest eigenvalue or equal to it. */
  public double largest() {
    return values[values.length - 1];
  }
}
