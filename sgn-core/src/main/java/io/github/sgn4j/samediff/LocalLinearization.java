package io.github.sgn4j.samediff;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linearization on this machine: it also gives what is as large as the network's output. */
public interface LocalLinearization extends Linearization {

  /** The network's output before the loss; a copy, batch first. */
  INDArray output();

  /** The output's tangent J v, of the output's shape; a copy. */
  INDArray jvp(FlatVector v);

  /**
   * The product J^T u.
   *
   * @param u of the output's shape and type
   * @param result overwritten
   */
  void vjp(INDArray u, FlatVector result);
}
