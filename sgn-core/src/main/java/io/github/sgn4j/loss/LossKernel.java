package io.github.sgn4j.loss;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss for fixed shapes, with its own scratch space. {@link #value} comes first and keeps what
 * the other two need. Arrays are contiguous in 'c' order; nothing is allocated after the first use.
 * Not safe for use by several threads at once.
 */
public interface LossKernel {

  /** The mean loss. */
  double value(INDArray output, INDArray targets);

  /** The gradient with respect to the output of the last {@link #value}. */
  void gradient(INDArray result);

  /**
   * The Hessian with respect to the output of the last {@link #value}, times v.
   *
   * @param v read only, of the output's shape
   * @param result overwritten; may be v
   */
  void hessianVectorProduct(INDArray v, INDArray result);
}
