package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;

/**
 * Finds dense layers in a plan's nodes: a matrix product, perhaps a bias, perhaps an activation,
 * with nobody else reading what is in between.
 */
final class DenseFusion {

  private final List<OpNode> nodes;
  private final Set<String> leaves;
  private final Map<String, List<Integer>> readers = new HashMap<>();

  private DenseFusion(List<OpNode> nodes, Set<String> leaves, Set<String> kept) {
    this.nodes = nodes;
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

  /**
   * Replaces dense layers by fused nodes.
   *
   * @param nodes in order
   * @param leaves variables that no node makes
   * @param kept variables that are read from outside
   */
  static List<Node> fuse(List<OpNode> nodes, Set<String> leaves, Set<String> kept) {
    return new DenseFusion(nodes, leaves, kept).fuse();
  }

  private List<Node> fuse() {
    Map<Integer, Node> fusedAt = new HashMap<>();
    Set<Integer> members = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      Layer layer = layer(i);
      if (layer != null) {
        fusedAt.put(layer.last(), layer.node(nodes));
        members.addAll(layer.indices);
      }
    }
    List<Node> result = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (fusedAt.containsKey(i)) {
        result.add(fusedAt.get(i));
      } else if (!members.contains(i)) {
        result.add(nodes.get(i));
      }
    }
    return List.copyOf(result);
  }

  private Layer layer(int index) {
    OpNode node = nodes.get(index);
    if (node.derivative() == null) {
      return null;
    }
    OpCall call = node.call();
    Layer layer = new Layer(index, call.inputs().get(0));
    if (call.op() instanceof Mmul product && isPlain(product)) {
      layer.weights = call.inputs().get(1);
      addBias(layer);
    } else if (call.opName().equals("xw_plus_b")) {
      layer.weights = call.inputs().get(1);
      layer.bias = call.inputs().get(2);
    } else {
      return null;
    }
    addActivation(layer);
    return layer;
  }

  private static boolean isPlain(Mmul product) {
    return Arrays.stream(product.iArgs()).allMatch(transposed -> transposed == 0);
  }

  private int onlyReader(int index) {
    List<Integer> list = readers.getOrDefault(nodes.get(index).call().outputs().get(0), List.of());
    return list.size() == 1 ? list.get(0) : -1;
  }

  private void addBias(Layer layer) {
    int next = onlyReader(layer.last());
    if (next < 0) {
      return;
    }
    OpCall call = nodes.get(next).call();
    String product = nodes.get(layer.last()).call().outputs().get(0);
    boolean add = call.opName().equals("add") || call.opName().equals("biasadd");
    if (!add || call.inputs().size() != 2) {
      return;
    }
    String other = call.inputs().get(call.inputs().get(0).equals(product) ? 1 : 0);
    boolean commutes = call.opName().equals("add") || call.inputs().get(0).equals(product);
    if (commutes && leaves.contains(other)) {
      layer.bias = other;
      layer.indices.add(next);
    }
  }

  private void addActivation(Layer layer) {
    int next = onlyReader(layer.last());
    if (next < 0) {
      return;
    }
    Activation activation = Activation.of(nodes.get(next).call().op());
    if (activation != null) {
      layer.activation = activation;
      layer.indices.add(next);
    }
  }

  private static final class Layer {
    private final List<Integer> indices = new ArrayList<>();
    private final String x;
    private String weights;
    private String bias;
    private Activation activation = Activation.IDENTITY;

    Layer(int index, String x) {
      indices.add(index);
      this.x = x;
    }

    int last() {
      return indices.get(indices.size() - 1);
    }

    Node node(List<OpNode> nodes) {
      return new DenseNode(indices.stream().map(nodes::get).toList(), x, weights, bias, activation);
    }
  }
}
