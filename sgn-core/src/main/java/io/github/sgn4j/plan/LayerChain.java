package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node and nodes behind it, each the only reader of the one before: what may become one. */
final class LayerChain {

  /** Who reads which variable. */
  static final class Readers {
    private final Map<String, List<Integer>> readers = new HashMap<>();
    private final Set<String> leaves;

    /**
     * Collects the readers.
     *
     * @param nodes in order
     * @param leaves variables that no node makes
     * @param kept variables that are read from outside
     */
    Readers(List<OpNode> nodes, Set<String> leaves, Set<String> kept) {
      this.leaves = leaves;
      for (int i = 0; i < nodes.size(); i++) {
        for (String input : nodes.get(i).call().inputs()) {
          readers.computeIfAbsent(input, name -> new ArrayList<>()).add(i);
        }
      }
      for (String name : kept) {
        // Somebody outside reads it: never in between.
        readers.computeIfAbsent(name, n -> new ArrayList<>()).add(-1);
      }
    }

    private int onlyReader(String name) {
      List<Integer> list = readers.getOrDefault(name, List.of());
      return list.size() == 1 ? list.get(0) : -1;
    }
  }

  private final List<OpNode> nodes;
  private final Readers readers;
  private final List<Integer> indices = new ArrayList<>();

  LayerChain(List<OpNode> nodes, Readers readers, int first) {
    this.nodes = nodes;
    this.readers = readers;
    indices.add(first);
  }

  List<Integer> indices() {
    return indices;
  }

  int last() {
    return indices.get(indices.size() - 1);
  }

  List<OpNode> members() {
    return indices.stream().map(nodes::get).toList();
  }

  /** The call behind the chain, or null. */
  OpCall next() {
    int next = readers.onlyReader(end());
    return next < 0 ? null : nodes.get(next).call();
  }

  /** Adds the next call to the chain. */
  void take() {
    indices.add(readers.onlyReader(end()));
  }

  private String end() {
    return nodes.get(last()).call().outputs().get(0);
  }

  /** Takes an addition of a leaf, if one comes next, and gives the leaf, or null. */
  String takeBias() {
    OpCall call = next();
    if (call == null || call.inputs().size() != 2) {
      return null;
    }
    boolean first = call.inputs().get(0).equals(end());
    String other = call.inputs().get(first ? 1 : 0);
    boolean adds = call.opName().equals("add") || (call.opName().equals("biasadd") && first);
    if (!adds || !readers.leaves.contains(other)) {
      return null;
    }
    take();
    return other;
  }

  /** Takes an activation if one comes next. */
  Activation takeActivation() {
    OpCall call = next();
    Activation activation = call == null ? null : Activation.of(call.op());
    if (activation == null) {
      return Activation.IDENTITY;
    }
    take();
    return activation;
  }
}
