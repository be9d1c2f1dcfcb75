package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * What a {@link TangentRule} works with: one op's inputs, outputs and tangents as variables of a
 * scratch graph, in which it builds its expressions. Parts of an expression that depend on inputs
 * and outputs alone are computed once per linearization, the rest at every product.
 */
public final class RuleContext {

  private final DerivativeGraph graph;
  private final OpCall call;
  private final List<SDVariable> tangents;
  private final Map<Object, SDVariable> shared = new HashMap<>();

  RuleContext(DerivativeGraph graph, OpCall call, List<SDVariable> tangents) {
    this.graph = graph;
    this.call = call;
    this.tangents = Collections.unmodifiableList(new ArrayList<>(tangents));
  }

  /** The scratch graph: build expressions with its namespaces (math, nn, ...). */
  public SameDiff sameDiff() {
    return graph.sameDiff();
  }

  /** The op, for its arguments. Read only. */
  public DifferentialFunction op() {
    return call.op();
  }

  /** Number of inputs. */
  public int inputCount() {
    return call.inputs().size();
  }

  /** Input i. */
  public SDVariable input(int i) {
    return graph.variable(call.inputs().get(i));
  }

  /** Output i. */
  public SDVariable output(int i) {
    return graph.variable(call.outputs().get(i));
  }

  /** The tangent of input i, or null if the input does not depend on trainable parameters. */
  public SDVariable tangent(int i) {
    return tangents.get(i);
  }

  /** The tangent of input i; zeros of the input's shape if it has none. */
  public SDVariable tangentOrZeros(int i) {
    return tangents.get(i) != null ? tangents.get(i) : sameDiff().zerosLike(input(i));
  }

  /** The data type of input i. */
  public DataType inputType(int i) {
    return graph.type(call.inputs().get(i));
  }

  /**
   * An expression of inputs and outputs that both products of a rule use: built at the first call
   * with this key, the same variable afterwards.
   */
  public SDVariable shared(Object key, Supplier<SDVariable> expression) {
    SDVariable variable = shared.get(key);
    if (variable == null) {
      variable = expression.get();
      shared.put(key, variable);
    }
    return variable;
  }

  /** The outputs of the same op on other inputs: for ops that are linear in them. */
  public List<SDVariable> reapply(SDVariable... inputs) {
    return graph.reapply(call, null, inputs);
  }

  /** As {@link #reapply}, where other inputs give outputs of another type. */
  public List<SDVariable> reapplyAs(DataType type, SDVariable... inputs) {
    return graph.reapply(call, type, inputs);
  }

  /**
   * The output of any op of ND4J, for those that SameDiff has no method for or calls with wrong
   * arguments.
   *
   * @param op with its arguments; must have one output
   * @param type the output's type
   */
  public SDVariable apply(DynamicCustomOp op, DataType type, SDVariable... inputs) {
    return graph.apply(op, type, inputs);
  }

  /** SameDiff's own reverse rule of this op. */
  public List<SDVariable> backward(List<SDVariable> outputAdjoints) {
    return graph.backward(call, outputAdjoints);
  }

  /**
   * An exception that names the op and says why it is not supported, for a rule to throw.
   *
   * @param reason why, and what to do instead
   */
  public UnsupportedOpException unsupported(String reason) {
    return new UnsupportedOpException(call, reason);
  }
}
