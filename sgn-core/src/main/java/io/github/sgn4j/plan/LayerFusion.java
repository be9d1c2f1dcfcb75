package io.github.sgn4j.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces layers that have kernels of their own by one node each. */
final class LayerFusion {

  private LayerFusion() {}

  /**
   * Replaces layers by fused nodes.
   *
   * @param nodes in order
   * @param leaves variables that no node makes
   * @param kept variables that are read from outside
   */
  static List<Node> fuse(List<OpNode> nodes, Set<String> leaves, Set<String> kept) {
    LayerChain.Readers readers = new LayerChain.Readers(nodes, leaves, kept);
    Map<Integer, Node> fusedAt = new HashMap<>();
    Set<Integer> members = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).derivative() == null) {
        continue;
      }
      LayerChain chain = new LayerChain(nodes, readers, i);
      Node layer =
          switch (nodes.get(i).call().opName()) {
            case "conv2d" -> ConvFusion.layer(nodes.get(i), chain);
            default -> DenseFusion.layer(nodes.get(i), chain);
          };
      if (layer != null) {
        fusedAt.put(chain.last(), layer);
        members.addAll(chain.indices());
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
}
