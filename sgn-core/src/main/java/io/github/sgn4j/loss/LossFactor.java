package io.github.sgn4j.loss;

import io.github.sgn4j.objective.FlatVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a loss adds to the factor A = S^T J of a curvature matrix: S, block by block, S_n [outputs,
 * columns] for each sample n. The square root of the mean's 1/N is part of it. Rows of A are
 * numbered n * columns + k.
 *
 * <p>Arrays are of the output's shape, contiguous in 'c' order. Nothing is allocated after the
 * first use. Not safe for use by several threads at once.
 */
public interface LossFactor {

  /** Columns of each S_n. */
  int columns();

  /** Column k of every sample: result[n] = S_n e_k. */
  void column(int k, INDArray result);

  /**
   * result[n] = S_n u_n.
   *
   * @param u holds the samples' vectors from the element {@code from} on
   */
  void multiply(FlatVector u, int from, INDArray result);

  /**
   * S_n^T t[n] for every sample.
   *
   * @param result takes them from the element {@code from} on
   */
  void multiplyTransposed(INDArray t, FlatVector result, int from);
}
