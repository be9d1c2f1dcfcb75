package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.random.BaseRandomOp;

/** Differentiates single calls of a forward graph by a set of rules. */
public final class Differentiation {

  // Their outputs tell shapes, or are constant wherever they are smooth.
  private static final Set<String> CUTS =
      Set.of(
          "shape_of",
          "shapes_of",
          "size",
          "size_at",
          "rank",
          "zeroslike",
          "zeros_like",
          "zeros_as",
          "oneslike",
          "ones_as",
          "fill_like",
          "stop_gradient",
          "stopgradient",
          "StopGradient",
          "sign",
          "step");

  private static final String CELL =
      "the cell of matmul, sigmoid, tanh and multiplications, unrolled over the steps";

  /** What fused ops without a rule are made of. */
  private static final Map<String, String> COMPOSED =
      Map.of(
          "dot_product_attention", "it of matmul, softmax and matmul",
          "multi_head_dot_product_attention", "it of matmul, softmax and matmul",
          "lstmLayer", CELL,
          "lstmCell", CELL,
          "lstmBlock", CELL,
          "lstmBlockCell", CELL,
          "gru", CELL,
          "gruCell", CELL,
          "repeat", "it of expand_dims, tile and reshape");

  private final DerivativeGraph graph;
  private final TangentRules rules;

  /** Differentiates in that scratch graph by these rules. */
  public Differentiation(DerivativeGraph graph, TangentRules rules) {
    this.graph = graph;
    this.rules = rules;
  }

  /** Whether the op's outputs have no derivative by what the op means (shapes, stop-gradient). */
  public static boolean cutsDerivative(OpCall call) {
    return CUTS.contains(call.opName());
  }

  /**
   * Refuses a stochastic op: a loss that differs between two evaluations at one point has neither a
   * gradient nor a line search.
   *
   * @throws UnsupportedOpException if the call draws random numbers
   */
  public static void requireDeterministic(OpCall call) {
    String name = call.opName();
    if (call.op() instanceof BaseRandomOp
        || name.contains("dropout")
        || name.startsWith("random")) {
      throw new UnsupportedOpException(
          call,
          "it draws random numbers, and a second-order step needs the same loss at every"
              + " evaluation; take it out of the graph that is trained");
    }
  }

  /**
   * The derivative of one call as expressions.
   *
   * @param call the call
   * @param active for each input whether it depends on trainable parameters; at least one does
   * @throws UnsupportedOpException if there is no rule, or an output on the way is not
   *     floating-point
   */
  public DerivativeCalls differentiate(OpCall call, boolean[] active) {
    for (String output : call.outputs()) {
      if (!graph.type(output).isFPType()) {
        throw new UnsupportedOpException(
            call,
            "its result is "
                + graph.type(output)
                + ", so that nothing behind it can be differentiated; keep the path from the"
                + " parameters to the output floating-point");
      }
    }
    TangentRule rule = rules.get(call.opName());
    if (rule == null) {
      throw noRule(call);
    }
    List<SDVariable> tangents = new ArrayList<>();
    for (int i = 0; i < active.length; i++) {
      tangents.add(active[i] ? graph.leaf("tangent", call.inputs().get(i)) : null);
    }
    List<SDVariable> adjoints = new ArrayList<>();
    for (String output : call.outputs()) {
      adjoints.add(graph.leaf("adjoint", output));
    }
    RuleContext context = new RuleContext(graph, call, tangents);
    graph.harvest();
    List<SDVariable> outputTangents = rule.tangents(context);
    // SameDiff's rules leave trailing inputs out that have no gradient, such as a shape.
    List<SDVariable> inputAdjoints = new ArrayList<>(rule.adjoints(context, adjoints));
    while (inputAdjoints.size() < active.length) {
      inputAdjoints.add(null);
    }
    requireCount(call, "tangents", outputTangents, call.outputs().size());
    for (int i = 0; i < active.length; i++) {
      if (active[i] && inputAdjoints.get(i) == null) {
        throw new UnsupportedOpException(
            call, "SameDiff gives no gradient with respect to its input " + call.inputs().get(i));
      }
    }
    return new DerivativeCalls(
        graph.harvest(),
        names(tangents),
        names(outputTangents),
        names(adjoints),
        names(inputAdjoints.subList(0, active.length)));
  }

  static UnsupportedOpException noRule(OpCall call) {
    String parts = COMPOSED.get(call.opName());
    return new UnsupportedOpException(
        call,
        "it has no tangent rule; "
            + (parts == null ? "add one:" : "compose " + parts + ", or add a rule:")
            + " builder.tangentRules(TangentRules.standard().with(\""
            + call.opName()
            + "\", rule))");
  }

  private static void requireCount(OpCall call, String what, List<SDVariable> got, int expected) {
    if (got.size() != expected) {
      throw new UnsupportedOpException(
          call, "its rule gave " + got.size() + " " + what + " for " + expected);
    }
  }

  private static List<String> names(List<SDVariable> variables) {
    List<String> names = new ArrayList<>();
    for (SDVariable variable : variables) {
      names.add(variable == null ? null : variable.name());
    }
    return names;
  }
}
