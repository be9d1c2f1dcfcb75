package io.github.sgn4j.autodiff;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * How an op's outputs change along tangents of its inputs: a Jacobian-vector product as an
 * expression of SameDiff ops. SameDiff has reverse mode only; these rules add forward mode.
 *
 * <p>Register a rule for an op of your own with {@link TangentRules#with}.
 */
@FunctionalInterface
public interface TangentRule {

  /**
   * The tangents of the op's outputs.
   *
   * @param call the op's inputs, outputs and input tangents; at least one tangent is not null
   * @return one per output; null where an output does not change
   */
  List<SDVariable> tangents(RuleContext call);

  /**
   * The adjoints of the op's inputs, given those of its outputs: a vector-Jacobian product.
   * SameDiff's own rule unless overridden.
   *
   * @param call the op's inputs and outputs
   * @param outputAdjoints one per output
   * @return one per input; null where an input has none
   */
  default List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
    return call.backward(outputAdjoints);
  }
}
