package io.github.sgn4j.nd;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Consecutive rows, along the first dimension, of arrays that may be views themselves. */
public final class RowViews {

  private RowViews() {}

  /**
   * Rows {@code from} to {@code to}, exclusive; a view. Not INDArray.get: in ND4J 1.0.0-M2.1, of a
   * view that starts at an offset below its own length, it gives an empty array for all rows that
   * lie beyond that length, counted from where the array below begins.
   */
  public static INDArray of(INDArray array, int from, int to) {
    long[] shape = array.shape().clone();
    shape[0] = (long) to - from;
    long offset = array.offset() + (long) from * array.stride(0);
    return Nd4j.create(array.data(), shape, array.stride(), offset, array.ordering());
  }
}
