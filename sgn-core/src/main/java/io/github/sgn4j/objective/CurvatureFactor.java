package io.github.sgn4j.objective;

/**
 * A positive semidefinite curvature matrix C = A^T A by its factor: A = S^T J with J the Jacobian
 * of the network's output and S, sample by sample, a root of what stands between J^T and J. The
 * Gauss-Newton matrix has such a factor (S S^T = H, the loss's Hessian with respect to the output),
 * the empirical Fisher matrix (S the gradient of each sample's loss) and the Fisher matrix of drawn
 * labels.
 *
 * <p>A penalty on the parameters has a curvature that belongs to no sample: C = A^T A + L, with the
 * diagonal L kept beside the factor ({@link #ridge}), so that A keeps its few rows.
 *
 * <p>A has a row for each sample and column of S: row n * {@link #columns} + k belongs to sample n.
 * Scales are those of a mean loss: nothing is left to be divided by the number of samples.
 *
 * <p>Valid while the linearization that gave it is open and no other factor was asked of it. Not
 * safe for use by several threads at once.
 */
public interface CurvatureFactor {

  /** Number of samples times {@link #columns}. */
  int rows();

  /** Rows of A for each sample: K for a Gauss-Newton matrix of K outputs, 1 for a Fisher matrix. */
  int columns();

  /** Number of parameters. */
  int dimension();

  /**
   * The diagonal L of C = A^T A + L, no element negative, to be read only; null for none. What the
   * other methods give is without it.
   */
  default FlatVector ridge() {
    return null;
  }

  /**
   * A v.
   *
   * @param v of {@link #dimension} elements, read only
   * @param result of {@link #rows} elements, overwritten
   */
  void multiply(FlatVector v, FlatVector result);

  /**
   * A^T u.
   *
   * @param u of {@link #rows} elements, read only
   * @param result of {@link #dimension} elements, overwritten
   */
  void multiplyTransposed(FlatVector u, FlatVector result);

  /**
   * Whether the rows of A can be had layer by layer, at the cost of {@link #columns} backward
   * passes: {@link #diagonal}, {@link #gram} and {@link #matrix} refuse otherwise.
   */
  boolean isLayered();

  /**
   * The diagonal of A^T A, exactly.
   *
   * @param result of {@link #dimension} elements, overwritten
   * @throws UnsupportedOperationException unless {@link #isLayered}
   */
  void diagonal(FlatVector result);

  /**
   * A A^T, row by row.
   *
   * @param result rows * rows elements, overwritten
   * @throws UnsupportedOperationException unless {@link #isLayered}
   */
  void gram(double[] result);

  /**
   * Whether {@link #gram} makes all rows on its way, as much memory as {@link #matrix}: 8 bytes
   * times rows times dimension. Otherwise it takes no more than its result and a layer's share.
   */
  default boolean gramNeedsRows() {
    return false;
  }

  /**
   * A itself, row by row.
   *
   * @param result rows * dimension elements, overwritten
   * @throws UnsupportedOperationException unless {@link #isLayered}
   */
  void matrix(double[] result);
}
