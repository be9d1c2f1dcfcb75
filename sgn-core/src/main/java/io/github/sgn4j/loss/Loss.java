package io.github.sgn4j.loss;

import io.github.sgn4j.objective.LossFamily;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A convex mean loss of a network's output and the targets. Its Hessian with respect to the output
 * must be positive semidefinite, or else the Gauss-Newton matrix is not.
 */
public interface Loss {

  /** A short name for reports and messages. */
  String name();

  /** What kind of loss it is, for defaults that depend on it. */
  default LossFamily family() {
    return LossFamily.OTHER;
  }

  /**
   * Makes what evaluates this loss for one pair of shapes.
   *
   * @param outputType FLOAT or DOUBLE
   * @param outputShape shape of the output, batch first
   * @param targetType type of the targets
   * @param targetShape shape of the targets
   * @throws IllegalArgumentException if they do not go together; the message says what would
   */
  LossKernel bind(DataType outputType, long[] outputShape, DataType targetType, long[] targetShape);
}
