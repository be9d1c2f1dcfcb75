package io.github.sgn4j.autodiff;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;

/**
 * One op applied to named variables. The op tells what is computed and its arguments; the variables
 * stand here, since one op object may serve several calls.
 *
 * @param op the op with its arguments
 * @param inputs names of what it reads
 * @param outputs names of what it makes
 */
public record OpCall(DifferentialFunction op, List<String> inputs, List<String> outputs) {

  public OpCall {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The op's name, by which rules are registered. */
  public String opName() {
    return op.opName();
  }

  @Override
  public String toString() {
    return outputs + " = " + opName() + inputs;
  }
}
