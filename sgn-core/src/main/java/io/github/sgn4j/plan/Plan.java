package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.DerivativeCalls;
import io.github.sgn4j.autodiff.DerivativeGraph;
import io.github.sgn4j.autodiff.Differentiation;
import io.github.sgn4j.autodiff.ForwardGraph;
import io.github.sgn4j.autodiff.OpCall;
import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model's graph with its derivative, before it is bound to batch shapes. Immutable; the
 * workspaces made of it are not.
 */
public final class Plan {

  /** Ops whose results depend on their input's shape alone. */
  private static final Set<String> SHAPE_OPS =
      Set.of("shape_of", "shapes_of", "size", "size_at", "rank");

  private final ForwardGraph graph;
  private final DerivativeGraph derivatives;
  private final List<Node> nodes;
  private final Map<String, Dependence> dependence = new HashMap<>();
  private final Set<String> active = new HashSet<>();
  private final ParameterSpace parameters;
  private final Precision precision;
  private final String output;
  private final Map<String, INDArray> constants;
  private final Set<String> batchDependent;

  private Plan(
      ForwardGraph graph,
      ParameterSpace parameters,
      Precision precision,
      String output,
      Map<String, INDArray> constants,
      Set<String> batchLeaves,
      TangentRules rules,
      KernelChoice kernels,
      Set<String> kept) {
    this.graph = graph;
    this.parameters = parameters;
    this.precision = precision;
    this.output = output;
    this.constants = Map.copyOf(constants);
    this.derivatives = new DerivativeGraph(graph);
    leaves(batchLeaves);
    this.batchDependent = batchDependent(graph, batchLeaves);
    this.nodes = compile(rules, kernels, kept);
    if (!active.contains(output)) {
      throw new IllegalArgumentException(
          "the output '"
              + output
              + "' does not depend on any trainable parameter of "
              + parameters.names());
    }
  }

  /**
   * Compiles a graph.
   *
   * @param graph computes {@code output}, and perhaps more
   * @param parameters leaves that are trained, all of {@code precision}
   * @param output the variable whose tangents and adjoints are asked for
   * @param batchLeaves leaves that change with the batch
   * @param constants values of all other leaves
   * @param rules tangent rules
   * @param kernels which kernels may be used
   * @param kept variables beside the output whose values are asked for
   * @throws io.github.sgn4j.autodiff.UnsupportedOpException if an op on the way has no derivative
   * @throws IllegalArgumentException if the output depends on no parameter
   */
  public static Plan compile(
      ForwardGraph graph,
      ParameterSpace parameters,
      Precision precision,
      String output,
      Set<String> batchLeaves,
      Map<String, INDArray> constants,
      TangentRules rules,
      KernelChoice kernels,
      Set<String> kept) {
    Set<String> read = new HashSet<>(kept);
    read.add(output);
    return new Plan(
        graph, parameters, precision, output, constants, batchLeaves, rules, kernels, read);
  }

  private void leaves(Set<String> batchLeaves) {
    for (String leaf : graph.leaves()) {
      dependence.put(leaf, batchLeaves.contains(leaf) ? Dependence.BATCH : Dependence.CONSTANT);
    }
    for (Parameter parameter : parameters.all()) {
      dependence.put(parameter.name(), Dependence.PARAMETERS);
      active.add(parameter.name());
    }
  }

  private static Set<String> batchDependent(ForwardGraph graph, Set<String> batchLeaves) {
    Set<String> dependent = new HashSet<>(batchLeaves);
    dependent.retainAll(graph.leaves());
    for (OpCall call : graph.calls()) {
      if (!SHAPE_OPS.contains(call.opName())
          && call.inputs().stream().anyMatch(dependent::contains)) {
        dependent.addAll(call.outputs());
      }
    }
    return Set.copyOf(dependent);
  }

  private List<Node> compile(TangentRules rules, KernelChoice kernels, Set<String> kept) {
    Differentiation differentiation = new Differentiation(derivatives, rules);
    List<OpNode> opNodes = new ArrayList<>();
    for (OpCall call : graph.calls()) {
      Differentiation.requireDeterministic(call);
      boolean[] activeInputs = new boolean[call.inputs().size()];
      boolean anyActive = false;
      Dependence depends = Dependence.CONSTANT;
      boolean cut = Differentiation.cutsDerivative(call);
      for (int i = 0; i < activeInputs.length; i++) {
        String input = call.inputs().get(i);
        activeInputs[i] = !cut && active.contains(input);
        anyActive |= activeInputs[i];
        depends = depends.or(dependence.get(input));
      }
      DerivativeCalls derivative =
          anyActive ? differentiation.differentiate(call, activeInputs) : null;
      for (String made : call.outputs()) {
        dependence.put(made, depends);
        if (anyActive) {
          active.add(made);
        }
      }
      opNodes.add(new OpNode(call, depends, derivative));
    }
    return kernels == KernelChoice.GENERIC
        ? List.copyOf(opNodes)
        : LayerFusion.fuse(opNodes, graph.leaves(), kept);
  }

  /** Layout of the trainable parameters. */
  public ParameterSpace parameters() {
    return parameters;
  }

  /** Precision of the parameters. */
  public Precision precision() {
    return precision;
  }

  /** The variable whose tangents and adjoints are asked for. */
  public String output() {
    return output;
  }

  /** Variables whose values depend on those of the batch. */
  Set<String> batchDependent() {
    return batchDependent;
  }

  /**
   * Binds the plan to the shapes of a batch.
   *
   * @param batch a value for each batch leaf
   * @param theta where the plan is run first
   */
  public Workspace bind(Map<String, INDArray> batch, FlatVector theta) {
    Buffers buffers = new Buffers(derivatives);
    for (String name : dependence.keySet()) {
      buffers.add(new Slot(name, dependence.get(name), active.contains(name)));
    }
    constants.forEach(
        (name, value) -> {
          if (buffers.slot(name) != null) {
            buffers.slot(name).setValue(value);
          }
        });
    return new Workspace(this, buffers, nodes, batch, theta);
  }
}
