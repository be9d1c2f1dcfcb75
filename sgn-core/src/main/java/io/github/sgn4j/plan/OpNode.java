package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.DerivativeCalls;
import io.github.sgn4j.autodiff.OpCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One call of any op with its derivative as recorded by its rule, sorted by when it runs. */
final class OpNode implements Node {

  private final OpCall call;
  private final Dependence dependence;
  private final DerivativeCalls derivative;
  private final List<OpCall> prepare = new ArrayList<>();
  private final List<OpCall> jvp = new ArrayList<>();
  private final List<OpCall> vjp = new ArrayList<>();

  /**
   * A node.
   *
   * @param derivative null if no input is active
   */
  OpNode(OpCall call, Dependence dependence, DerivativeCalls derivative) {
    this.call = call;
    this.dependence = dependence;
    this.derivative = derivative;
    if (derivative != null) {
      schedule();
    }
  }

  private void schedule() {
    Set<String> tangential = names(derivative.inputTangents());
    Set<String> adjoint = names(derivative.outputAdjoints());
    List<OpCall> live = live();
    for (OpCall step : live) {
      boolean byTangent = step.inputs().stream().anyMatch(tangential::contains);
      boolean byAdjoint = step.inputs().stream().anyMatch(adjoint::contains);
      if (byTangent) {
        tangential.addAll(step.outputs());
        jvp.add(step);
      } else if (byAdjoint) {
        adjoint.addAll(step.outputs());
        vjp.add(step);
      } else {
        prepare.add(step);
      }
    }
  }

  /** The calls that a wanted result needs: rules also record gradients that nobody asks for. */
  private List<OpCall> live() {
    Set<String> wanted = names(derivative.outputTangents());
    for (int i = 0; i < call.inputs().size(); i++) {
      if (derivative.inputTangents().get(i) != null) {
        wanted.add(derivative.inputAdjoints().get(i));
      }
    }
    List<OpCall> live = new ArrayList<>();
    List<OpCall> calls = derivative.calls();
    for (int i = calls.size() - 1; i >= 0; i--) {
      OpCall step = calls.get(i);
      if (step.outputs().stream().anyMatch(wanted::contains)) {
        live.add(0, step);
        wanted.addAll(step.inputs());
      }
    }
    return live;
  }

  private static Set<String> names(List<String> list) {
    Set<String> names = new HashSet<>(list);
    names.removeIf(Objects::isNull);
    return names;
  }

  OpCall call() {
    return call;
  }

  DerivativeCalls derivative() {
    return derivative;
  }

  List<OpCall> prepareCalls() {
    return prepare;
  }

  List<OpCall> jvpCalls() {
    return jvp;
  }

  List<OpCall> vjpCalls() {
    return vjp;
  }

  @Override
  public Dependence dependence() {
    return dependence;
  }

  @Override
  public Kernel bind(Buffers buffers) {
    return new OpKernel(this, buffers);
  }
}
