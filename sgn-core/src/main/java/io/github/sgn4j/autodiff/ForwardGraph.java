package io.github.sgn4j.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.BaseCompatOp;

/**
 * The part of a model that some variables are computed by: calls in topological order, and what
 * they start from. The model is only read.
 */
public final class ForwardGraph {

  private final List<OpCall> calls;
  private final Set<String> leaves;
  private final Map<String, DataType> types;
  private final Map<String, long[]> shapes;
  private final Map<String, INDArray> constants;

  private ForwardGraph(
      List<OpCall> calls,
      Set<String> leaves,
      Map<String, DataType> types,
      Map<String, long[]> shapes,
      Map<String, INDArray> constants) {
    this.calls = List.copyOf(calls);
    this.leaves = leaves;
    this.types = types;
    this.shapes = shapes;
    this.constants = constants;
  }

  /**
   * Everything that {@code outputs} are computed by, back to {@code cut} and to variables that no
   * op makes.
   *
   * @param model only read
   * @param outputs variables of the model
   * @param cut variables that are taken as given although an op may make them
   * @throws UnsupportedOpException if there is a loop or a condition among them
   */
  public static ForwardGraph extract(
      SameDiff model, Collection<String> outputs, Collection<String> cut) {
    Extraction extraction = new Extraction(model, cut);
    outputs.forEach(extraction::visit);
    return extraction.graph();
  }

  /**
   * This graph with more calls behind it.
   *
   * @param calls in order; they read variables of this graph, of earlier calls, or {@code leaves}
   * @param leaves new variables that no call makes
   * @param derivatives knows the new variables' types, and the constants among them
   */
  public ForwardGraph with(List<OpCall> calls, Set<String> leaves, DerivativeGraph derivatives) {
    List<OpCall> allCalls = new ArrayList<>(this.calls);
    allCalls.addAll(calls);
    Set<String> allLeaves = new LinkedHashSet<>(this.leaves);
    allLeaves.addAll(leaves);
    Map<String, DataType> allTypes = new LinkedHashMap<>(types);
    Map<String, INDArray> allConstants = new LinkedHashMap<>(constants);
    leaves.forEach(leaf -> allTypes.put(leaf, derivatives.type(leaf)));
    for (OpCall call : calls) {
      for (String input : call.inputs()) {
        if (!allTypes.containsKey(input)) {
          allTypes.put(input, derivatives.type(input));
          allLeaves.add(input);
          allConstants.put(input, derivatives.constant(input));
        }
      }
      call.outputs().forEach(made -> allTypes.put(made, derivatives.type(made)));
    }
    return new ForwardGraph(allCalls, allLeaves, allTypes, shapes, allConstants);
  }

  /** The calls; each reads only leaves and outputs of earlier ones. */
  public List<OpCall> calls() {
    return calls;
  }

  /** Names of variables that no call makes: placeholders, parameters, constants and the cut. */
  public Set<String> leaves() {
    return leaves;
  }

  /** The data type of a variable. */
  public DataType type(String name) {
    return types.get(name);
  }

  /** The shape of a leaf as the model declares it, with -1 for what is open; null if unknown. */
  public long[] shape(String name) {
    return shapes.get(name);
  }

  /** The values of the leaves that are constants. */
  public Map<String, INDArray> constants() {
    return constants;
  }

  /** Names of all variables. */
  public Set<String> variables() {
    return types.keySet();
  }

  private static final class Extraction {
    private final SameDiff model;
    private final Set<String> cut;
    private final List<OpCall> calls = new ArrayList<>();
    private final Set<String> leaves = new LinkedHashSet<>();
    private final Set<String> done = new LinkedHashSet<>();
    private final Map<String, DataType> types = new LinkedHashMap<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final Map<String, INDArray> constants = new LinkedHashMap<>();

    Extraction(SameDiff model, Collection<String> cut) {
      this.model = model;
      this.cut = new LinkedHashSet<>(cut);
    }

    /** Depth first with an explicit stack: unrolled recurrences are deeper than Java's own. */
    void visit(String output) {
      Deque<String> stack = new ArrayDeque<>();
      stack.push(output);
      while (!stack.isEmpty()) {
        String name = stack.peek();
        if (done.contains(name)) {
          stack.pop();
          continue;
        }
        String maker = model.getVariables().get(name).getOutputOfOp();
        if (maker == null || cut.contains(name)) {
          leaf(name);
          stack.pop();
          continue;
        }
        SameDiffOp op = model.getOps().get(maker);
        requireNoControlFlow(op);
        List<String> inputs = op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
        boolean ready = true;
        for (String input : inputs) {
          if (!done.contains(input)) {
            stack.push(input);
            ready = false;
          }
        }
        if (ready) {
          stack.pop();
          calls.add(new OpCall(op.getOp(), inputs, op.getOutputsOfOp()));
          for (String made : op.getOutputsOfOp()) {
            done.add(made);
            types.put(made, model.getVariable(made).dataType());
          }
        }
      }
    }

    /** Loops are cycles, which have no order; branches differ from batch to batch. */
    private static void requireNoControlFlow(SameDiffOp op) {
      if (op.getOp() instanceof BaseCompatOp) {
        throw new UnsupportedOpException(
            new OpCall(op.getOp(), op.getInputsToOp(), op.getOutputsOfOp()),
            "it is part of a loop or a condition; write the loop out, or compute both branches");
      }
    }

    private void leaf(String name) {
      SDVariable variable = model.getVariable(name);
      done.add(name);
      leaves.add(name);
      types.put(name, variable.dataType());
      long[] shape = variable.isPlaceHolder() ? variable.placeholderShape() : variable.getShape();
      // A placeholder declared without a shape has the shape [], which says nothing.
      if (shape != null && !(variable.isPlaceHolder() && shape.length == 0)) {
        shapes.put(name, shape.clone());
      }
      if (variable.isConstant()) {
        constants.put(name, variable.getArr().dup());
      }
    }

    ForwardGraph graph() {
      return new ForwardGraph(calls, leaves, types, shapes, constants);
    }
  }
}
