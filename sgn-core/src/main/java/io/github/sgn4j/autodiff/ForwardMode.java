package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Forward mode over a whole graph: the graph, and behind it the directional derivative of one
 * variable along a tangent of another. Differentiating that once more in reverse gives a
 * Hessian-vector product.
 *
 * @param graph the graph with the tangents' calls
 * @param direction the leaf that stands for the tangent of the variable
 * @param tangent the tangent of the result
 */
public record ForwardMode(ForwardGraph graph, String direction, String tangent) {

  /**
   * Differentiates {@code result} along a tangent of {@code variable}.
   *
   * @throws UnsupportedOpException if an op on the way has no rule
   */
  public static ForwardMode differentiate(
      ForwardGraph graph, TangentRules rules, String variable, String result) {
    DerivativeGraph derivatives = new DerivativeGraph(graph);
    SDVariable direction = derivatives.leaf("direction", variable);
    Map<String, SDVariable> tangents = new HashMap<>();
    tangents.put(variable, direction);
    List<OpCall> calls = new ArrayList<>();
    for (OpCall call : graph.calls()) {
      List<SDVariable> inputs = new ArrayList<>();
      boolean active = false;
      for (String input : call.inputs()) {
        inputs.add(tangents.get(input));
        active |= tangents.containsKey(input);
      }
      if (!active || Differentiation.cutsDerivative(call)) {
        continue;
      }
      TangentRule rule = rules.get(call.opName());
      if (rule == null) {
        throw Differentiation.noRule(call);
      }
      List<SDVariable> outputs = rule.tangents(new RuleContext(derivatives, call, inputs));
      calls.addAll(derivatives.harvest());
      for (int i = 0; i < outputs.size(); i++) {
        if (outputs.get(i) != null) {
          tangents.put(call.outputs().get(i), outputs.get(i));
        }
      }
    }
    if (!tangents.containsKey(result)) {
      throw new IllegalArgumentException("'" + result + "' does not depend on '" + variable + "'");
    }
    return new ForwardMode(
        graph.with(calls, Set.of(direction.name()), derivatives),
        direction.name(),
        tangents.get(result).name());
  }
}
