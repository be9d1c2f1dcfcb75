package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import io.github.sgn4j.nd.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** The fallback kernel: any op, and the ops of its derivative, on reused contexts. */
final class OpKernel implements Kernel {

  private final OpNode node;
  private final Buffers buffers;
  private final OpStep forward;
  private final Map<String, INDArray> derived = new HashMap<>();
  private final List<OpStep> prepare = new ArrayList<>();
  private final List<OpStep> jvp = new ArrayList<>();
  private final List<OpStep> vjp = new ArrayList<>();
  private final List<Runnable> rebinds = new ArrayList<>();

  OpKernel(OpNode node, Buffers buffers) {
    this.node = node;
    this.buffers = buffers;
    OpCall call = node.call();
    checkRowNumbers();
    this.forward = step(call, new INDArray[call.outputs().size()]);
    for (int i = 0; i < call.outputs().size(); i++) {
      buffers.slot(call.outputs().get(i)).setValue(forward.output(i));
    }
    for (String input : call.inputs()) {
      buffers.slot(input).addReader(this);
    }
  }

  private OpStep step(OpCall call, INDArray[] results) {
    List<DataType> types = call.outputs().stream().map(buffers::type).toList();
    INDArray[] inputs = new INDArray[call.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = array(call.inputs().get(i));
    }
    OpStep step = OpStep.bind(call, inputs, results, types);
    for (int i = 0; i < inputs.length; i++) {
      Slot slot = buffers.slot(call.inputs().get(i));
      if (slot != null && slot.dependence() == Dependence.BATCH) {
        int index = i;
        rebinds.add(() -> step.setInput(index, slot.value()));
      }
    }
    return step;
  }

  private INDArray array(String name) {
    Slot slot = buffers.slot(name);
    if (slot != null) {
      return slot.value();
    }
    INDArray array = derived.get(name);
    if (array == null) {
      array = buffers.constant(name);
    }
    if (array == null) {
      throw new IllegalStateException(
          "the rule of '" + node.call().opName() + "' uses '" + name + "', which it did not make");
    }
    return array;
  }

  private boolean isDifferentiable() {
    return node.derivative() != null;
  }

  @Override
  public void bindTangents() {
    if (!isDifferentiable()) {
      return;
    }
    OpCall call = node.call();
    bindLeaves(node.derivative().inputTangents(), call.inputs());
    bindAll(node.prepareCalls(), Map.of(), prepare);
    Map<String, INDArray> targets = new HashMap<>();
    List<Runnable> copies = new ArrayList<>();
    for (int i = 0; i < call.outputs().size(); i++) {
      String result = node.derivative().outputTangents().get(i);
      INDArray target = buffers.slot(call.outputs().get(i)).derivative();
      if (result == null) {
        continue;
      }
      if (isMade(result, node.jvpCalls()) && !targets.containsKey(result)) {
        targets.put(result, target);
      } else {
        copies.add(() -> jvp.add(copy(array(result), target)));
      }
    }
    bindAll(node.jvpCalls(), targets, jvp);
    copies.forEach(Runnable::run);
  }

  @Override
  public void bindAdjoints() {
    if (!isDifferentiable()) {
      return;
    }
    OpCall call = node.call();
    bindOutputAdjoints();
    Map<String, INDArray> targets = new HashMap<>();
    List<Runnable> copies = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      if (node.derivative().inputTangents().get(i) == null) {
        continue;
      }
      String result = node.derivative().inputAdjoints().get(i);
      Slot slot = buffers.slot(call.inputs().get(i));
      boolean accumulate = slot.claimAdjoint();
      if (!accumulate && isMade(result, node.vjpCalls()) && !targets.containsKey(result)) {
        targets.put(result, slot.derivative());
      } else {
        copies.add(
            () ->
                vjp.add(
                    accumulate
                        ? add(array(result), slot.derivative())
                        : copy(array(result), slot.derivative())));
      }
    }
    bindAll(node.vjpCalls(), targets, vjp);
    copies.forEach(Runnable::run);
  }

  private void bindLeaves(List<String> leaves, List<String> variables) {
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i) != null) {
        derived.put(leaves.get(i), buffers.slot(variables.get(i)).derivative());
      }
    }
  }

  /** An output that nothing reads has an adjoint of zeros; its own array holds tangents as well. */
  private void bindOutputAdjoints() {
    List<String> outputs = node.call().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Slot slot = buffers.slot(outputs.get(i));
      INDArray adjoint =
          slot.isAdjointClaimed()
              ? slot.derivative()
              : Backend.allocate(slot.value().dataType(), slot.value().shape());
      derived.put(node.derivative().outputAdjoints().get(i), adjoint);
    }
  }

  private static boolean isMade(String name, List<OpCall> calls) {
    return calls.stream().anyMatch(call -> call.outputs().contains(name));
  }

  private void bindAll(List<OpCall> calls, Map<String, INDArray> targets, List<OpStep> steps) {
    for (OpCall call : calls) {
      INDArray[] results = new INDArray[call.outputs().size()];
      for (int i = 0; i < results.length; i++) {
        results[i] = targets.get(call.outputs().get(i));
      }
      OpStep step = step(call, results);
      for (int i = 0; i < results.length; i++) {
        derived.put(call.outputs().get(i), step.output(i));
      }
      steps.add(step);
    }
  }

  private static OpStep copy(INDArray from, INDArray to) {
    return elementwise("identity", to, from);
  }

  private static OpStep add(INDArray from, INDArray to) {
    return elementwise("add", to, to, from);
  }

  private static OpStep elementwise(String name, INDArray to, INDArray... inputs) {
    DynamicCustomOp op = DynamicCustomOp.builder(name).build();
    List<String> names = List.of("result");
    OpCall call = new OpCall(op, List.of(), names);
    return OpStep.bind(call, inputs, new INDArray[] {to}, List.of(to.dataType()));
  }

  private void checkRowNumbers() {
    OpCall call = node.call();
    if (RowNumbers.areInputOf(call)) {
      RowNumbers.check(call, array(call.inputs().get(0)), array(call.inputs().get(1)));
    }
  }

  @Override
  public void forward() {
    checkRowNumbers();
    forward.run();
  }

  @Override
  public void prepare() {
    run(prepare);
  }

  @Override
  public void jvp() {
    run(jvp);
  }

  @Override
  public void vjp() {
    run(vjp);
  }

  private static void run(List<OpStep> steps) {
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run();
    }
  }

  @Override
  public boolean keepsRowsApart(long rows) {
    if (!isDifferentiable()) {
      return true;
    }
    OpCall call = node.call();
    INDArray output = forward.output(0);
    boolean apart = ElementwiseOps.contains(call.opName()) && output.rank() > 0;
    for (int i = 0; apart && i < call.inputs().size(); i++) {
      Slot slot = buffers.slot(call.inputs().get(i));
      apart = !slot.isActive() || slot.value().equalShapes(output);
    }
    return apart && output.size(0) == rows;
  }

  @Override
  public void rebind() {
    rebinds.forEach(Runnable::run);
  }

  @Override
  public long bytes() {
    Set<INDArray> own = Collections.newSetFromMap(new IdentityHashMap<>());
    own.addAll(derived.values());
    for (String name : node.call().inputs()) {
      own.remove(buffers.slot(name).derivativeOrNull());
    }
    for (String name : node.call().outputs()) {
      own.remove(buffers.slot(name).derivativeOrNull());
    }
    return own.stream().mapToLong(a -> a.length() * a.dataType().width()).sum();
  }
}
