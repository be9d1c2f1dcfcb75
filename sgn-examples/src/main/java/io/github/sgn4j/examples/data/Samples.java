package io.github.sgn4j.examples.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Inputs and targets: row i of the one belongs to row i of the other.
 *
 * @param inputs [N, features]
 * @param targets [N, outputs] for regression; [N] class numbers (INT) for classification
 */
public record Samples(INDArray inputs, INDArray targets) {

  /**
   * Pairs them.
   *
   * @throws IllegalArgumentException if the numbers of rows differ
   */
  public Samples {
    if (inputs.size(0) != targets.size(0)) {
      throw new IllegalArgumentException(
          inputs.size(0) + " inputs but " + targets.size(0) + " targets");
    }
  }

  /** N, the number of samples. */
  public int size() {
    return (int) inputs.size(0);
  }
}
