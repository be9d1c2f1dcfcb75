package io.github.sgn4j.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A function of each element: both products multiply by f'(x), which is computed once per
 * linearization.
 */
final class ElementwiseRule implements TangentRule {

  private final Function<RuleContext, SDVariable> derivative;

  /**
   * A rule by a formula.
   *
   * @param derivative f'(x) as an expression of the input and output
   */
  ElementwiseRule(Function<RuleContext, SDVariable> derivative) {
    this.derivative = derivative;
  }

  /** A rule by SameDiff's own reverse rule, whose result for an adjoint of ones is f'(x). */
  static ElementwiseRule byBackward() {
    return new ElementwiseRule(
        call -> call.backward(List.of(call.sameDiff().onesLike(call.output(0)))).get(0));
  }

  @Override
  public List<SDVariable> tangents(RuleContext call) {
    return List.of(call.tangent(0).mul(factor(call)));
  }

  @Override
  public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
    SDVariable[] adjoints = new SDVariable[call.inputCount()];
    adjoints[0] = outputAdjoints.get(0).mul(factor(call));
    return Arrays.asList(adjoints);
  }

  private SDVariable factor(RuleContext call) {
    return call.shared(this, () -> derivative.apply(call));
  }
}
