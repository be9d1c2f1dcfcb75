package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * A scratch SameDiff graph in which derivative expressions are built: it knows every variable of a
 * forward graph by name, and records each op that a rule adds.
 *
 * <p>The forward ops are the model's own objects, lent to the scratch graph while one of them
 * differentiates itself; copies by serialisation lose arguments of some ops.
 */
public final class DerivativeGraph {

  private final ForwardGraph forward;
  private final SameDiff scratch = SameDiff.create();
  private final Set<String> seenOps = new LinkedHashSet<>();
  private final List<OpCall> recorded = new ArrayList<>();
  private final Map<String, DataType> types = new LinkedHashMap<>();
  private int leafCount;

  /** A scratch graph that knows the variables of a forward graph. */
  public DerivativeGraph(ForwardGraph forward) {
    this.forward = forward;
    for (String name : forward.variables()) {
      long[] shape = forward.shape(name);
      if (shape == null) {
        scratch.placeHolder(name, forward.type(name));
      } else {
        scratch.placeHolder(name, forward.type(name), shape);
      }
      types.put(name, forward.type(name));
    }
    for (OpCall call : forward.calls()) {
      // Reserves the op's name, so that new ops get others.
      scratch.getOps().put(call.op().getOwnName(), entry(call));
      seenOps.add(call.op().getOwnName());
    }
  }

  /** The scratch graph, to build expressions in. */
  public SameDiff sameDiff() {
    return scratch;
  }

  /** The variable of that name, for use in expressions. */
  public SDVariable variable(String name) {
    return scratch.getVariable(name);
  }

  /** A new variable that stands for a tangent or an adjoint of {@code like}. */
  public SDVariable leaf(String prefix, String like) {
    return leaf(prefix, like, type(like));
  }

  private SDVariable leaf(String prefix, String like, DataType type) {
    String name = prefix + "#" + leafCount++ + "(" + like + ")";
    types.put(name, type);
    return scratch.placeHolder(name, type);
  }

  /** The data type of any variable, forward or derived. */
  public DataType type(String name) {
    DataType type = types.get(name);
    return type != null ? type : scratch.getVariable(name).dataType();
  }

  /** The value of a variable if it is constant, else null. */
  public INDArray constant(String name) {
    INDArray value = forward.constants().get(name);
    if (value == null && scratch.hasVariable(name) && scratch.getVariable(name).isConstant()) {
      value = scratch.getVariable(name).getArr();
    }
    return value;
  }

  /** The calls recorded since this was asked last, in order. */
  public List<OpCall> harvest() {
    record();
    List<OpCall> calls = List.copyOf(recorded);
    recorded.clear();
    return calls;
  }

  /**
   * Records a call of the same op, with the same arguments, on other inputs.
   *
   * @param type the results' type; null for that of the call's own
   */
  public List<SDVariable> reapply(OpCall call, DataType type, SDVariable... inputs) {
    record();
    List<SDVariable> results = new ArrayList<>();
    for (String output : call.outputs()) {
      results.add(leaf("reapplied", output, type == null ? type(output) : type));
    }
    recorded.add(
        new OpCall(
            call.op(),
            Arrays.stream(inputs).map(SDVariable::name).toList(),
            results.stream().map(SDVariable::name).toList()));
    return results;
  }

  /** Records a call of an op that has one output. */
  public SDVariable apply(DynamicCustomOp op, DataType type, SDVariable... inputs) {
    record();
    SDVariable result = leaf("applied", op.opName(), type);
    recorded.add(
        new OpCall(
            op, Arrays.stream(inputs).map(SDVariable::name).toList(), List.of(result.name())));
    return result;
  }

  /**
   * SameDiff's own reverse rule: the gradients with respect to the call's inputs, given those with
   * respect to its outputs. Entries may be null where SameDiff gives none.
   */
  public List<SDVariable> backward(OpCall call, List<SDVariable> gradients) {
    record();
    return lend(call, () -> call.op().doDiff(gradients));
  }

  private <T> T lend(OpCall call, Supplier<T> action) {
    String name = call.op().getOwnName();
    SameDiff owner = call.op().getSameDiff();
    SameDiffOp before = scratch.getOps().put(name, entry(call));
    call.op().setSameDiff(scratch);
    try {
      return action.get();
    } finally {
      call.op().setSameDiff(owner);
      if (before != null) {
        scratch.getOps().put(name, before);
      }
    }
  }

  private void record() {
    for (Map.Entry<String, SameDiffOp> entry : scratch.getOps().entrySet()) {
      if (seenOps.add(entry.getKey())) {
        SameDiffOp op = entry.getValue();
        List<String> inputs = op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
        recorded.add(new OpCall(op.getOp(), inputs, op.getOutputsOfOp()));
      }
    }
  }

  private static SameDiffOp entry(OpCall call) {
    return SameDiffOp.builder()
        .name(call.op().getOwnName())
        .op(call.op())
        .inputsToOp(new ArrayList<>(call.inputs()))
        .outputsOfOp(new ArrayList<>(call.outputs()))
        .build();
  }
}
