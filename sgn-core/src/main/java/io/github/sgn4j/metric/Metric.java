package io.github.sgn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A number that tells how well outputs fit targets, mean over the samples. */
@FunctionalInterface
public interface Metric {

  /**
   * Measures one batch.
   *
   * @param output the network's output, batch first, contiguous in 'c' order
   * @param targets as the loss takes them
   */
  double measure(INDArray output, INDArray targets);
}
