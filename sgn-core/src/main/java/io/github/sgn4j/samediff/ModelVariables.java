package io.github.sgn4j.samediff;

import io.github.sgn4j.autodiff.ForwardGraph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/** A model's variables by name, and refusals that say which there are. */
record ModelVariables(SameDiff model) {

  /** A refusal is a line: of a large model some names must do. */
  private static final int MOST_NAMED = 20;

  ModelVariables {
    Objects.requireNonNull(model, "model");
  }

  boolean has(String name) {
    return model.hasVariable(name);
  }

  SDVariable get(String name) {
    return model.getVariable(name);
  }

  /** Whether there is a placeholder of that name. */
  boolean hasPlaceholder(String name) {
    return has(name) && get(name).isPlaceHolder();
  }

  /** The names of all of that type, sorted by SameDiff. */
  List<String> names(VariableType type) {
    return model.variables().stream()
        .filter(variable -> variable.getVariableType() == type)
        .map(SDVariable::name)
        .toList();
  }

  /**
   * Fails unless there is that variable.
   *
   * @param what it is wanted for
   */
  void require(String name, String what) {
    if (!has(name)) {
      throw new IllegalArgumentException(
          "the model has no variable '"
              + name
              + "' ("
              + what
              + "); it has "
              + model.variables().stream().map(SDVariable::name).limit(MOST_NAMED).toList());
    }
  }

  /** Fails unless there is that placeholder. */
  void requirePlaceholder(String name) {
    require(name, "input");
    if (!get(name).isPlaceHolder()) {
      throw new IllegalArgumentException("input '" + name + "' is not a placeholder");
    }
  }

  /** In the order in which ops, as they were added, read them: SameDiff sorts variables by name. */
  List<String> leavesInOrder(ForwardGraph graph, VariableType type) {
    Set<String> names = new LinkedHashSet<>();
    for (SameDiffOp op : model.getOps().values()) {
      for (String input : op.getInputsToOp() == null ? List.<String>of() : op.getInputsToOp()) {
        if (graph.leaves().contains(input) && get(input).getVariableType() == type) {
          names.add(input);
        }
      }
    }
    return new ArrayList<>(names);
  }
}
