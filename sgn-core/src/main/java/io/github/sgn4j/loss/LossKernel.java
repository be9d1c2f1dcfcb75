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

  /**
   * Columns for each sample of the factor of that kind; 0 if this loss has no factors, for want of
   * a closed form. Samples are the rows along the output's first dimension.
   */
  default int factorColumns(FactorKind kind) {
    return 0;
  }

  /**
   * The factor S of that kind at the last {@link #value}, filled anew by each call; valid until the
   * next one.
   *
   * @param firstSample number in the whole batch of this kernel's first sample, where the batch is
   *     computed in parts
   * @param batchSamples samples of the whole batch, of which the loss is the mean
   * @throws UnsupportedOperationException if there are no factors
   */
  default LossFactor factor(FactorKind kind, int firstSample, int batchSamples) {
    throw new UnsupportedOperationException("this loss has no factors");
  }
}
