package io.github.sgn4j.samediff;

import io.github.sgn4j.autodiff.ForwardGraph;
import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which of a model's variables are trained.
 *
 * @param variables the model's
 * @param chosen names in the order that theta gets; null for all that the output depends on
 * @param frozen names that are not
 */
record TrainedVariables(ModelVariables variables, List<String> chosen, Set<String> frozen) {

  /**
   * Their names and shapes.
   *
   * @param network what the output is computed from
   * @throws IllegalArgumentException if a name is unknown, no variable's, given twice or without
   *     effect on the output, or none is left
   */
  ParameterSpace space(ForwardGraph network) {
    List<String> names =
        new ArrayList<>(
            chosen != null ? chosen : variables.leavesInOrder(network, VariableType.VARIABLE));
    frozen.forEach(this::requireFreezable);
    names.removeAll(frozen);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (String name : names) {
      requireTrainable(name, network);
      if (shapes.put(name, variables.get(name).getArr().shape()) != null) {
        throw new IllegalArgumentException("parameter '" + name + "' is named twice");
      }
    }
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException(
          frozen.isEmpty()
              ? "the output depends on no variable, so that there is nothing to train; are the"
                  + " arguments of the loss swapped?"
              : "no trainable variable is left; frozen are " + frozen);
    }
    return ParameterSpace.of(shapes);
  }

  private void requireFreezable(String name) {
    List<String> trainable = variables.names(VariableType.VARIABLE);
    if (!trainable.contains(name)) {
      throw new IllegalArgumentException(
          "the model has no trainable variable '" + name + "' to be frozen; it has " + trainable);
    }
  }

  private void requireTrainable(String name, ForwardGraph network) {
    variables.require(name, "parameter");
    VariableType type = variables.get(name).getVariableType();
    if (type != VariableType.VARIABLE) {
      throw new IllegalArgumentException(
          "parameter '"
              + name
              + "' is a "
              + type
              + "; only variables are trained (convertToVariable makes one of a constant)");
    }
    if (!network.leaves().contains(name)) {
      throw new IllegalArgumentException(
          "the output does not depend on parameter '" + name + "'; leave it out");
    }
  }

  /**
   * Their precision.
   *
   * @throws IllegalArgumentException unless all are FLOAT or all are DOUBLE
   */
  Precision precision(ParameterSpace space) {
    String first = space.names().get(0);
    DataType type = variables.get(first).dataType();
    for (String name : space.names()) {
      if (variables.get(name).dataType() != type) {
        throw new IllegalArgumentException(
            "parameters '"
                + first
                + "' and '"
                + name
                + "' are of types "
                + type
                + " and "
                + variables.get(name).dataType()
                + "; all must be of one");
      }
    }
    return Backend.precision(type, "parameter '" + first + "'");
  }

  /**
   * Fails if the loss's target depends on one of them: only the output is differentiated.
   *
   * @param target a variable of the model
   */
  void requireFixed(String target) {
    List<String> trained = new ArrayList<>();
    ForwardGraph graph = ForwardGraph.extract(variables.model(), List.of(target), List.of());
    for (String leaf : graph.leaves()) {
      boolean variable = variables.get(leaf).getVariableType() == VariableType.VARIABLE;
      if (variable && (chosen == null || chosen.contains(leaf)) && !frozen.contains(leaf)) {
        trained.add(leaf);
      }
    }
    if (!trained.isEmpty()) {
      throw new IllegalArgumentException(
          "the loss's targets '"
              + target
              + "' depend on the parameters "
              + trained
              + ", which are trained through the output alone; freeze them, or compose the loss of"
              + " basic ops");
    }
  }

  /** A graph's constants, and the values of all variables in it that are not trained. */
  Map<String, INDArray> constants(ForwardGraph graph, ParameterSpace space) {
    Map<String, INDArray> values = new LinkedHashMap<>(graph.constants());
    for (String leaf : graph.leaves()) {
      SDVariable variable = variables.get(leaf);
      if (variable.getVariableType() == VariableType.VARIABLE && !space.names().contains(leaf)) {
        values.put(leaf, variable.getArr().dup('c'));
      }
    }
    return values;
  }
}
