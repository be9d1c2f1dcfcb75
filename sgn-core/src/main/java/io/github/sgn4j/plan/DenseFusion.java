package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.ForwardGraph;
import java.util.List;

/** Finds dense layers in a plan's nodes. */
final class DenseFusion {

  private DenseFusion() {}

  static List<Node> fuse(List<OpNode> nodes, ForwardGraph graph, String output) {
    return List.copyOf(nodes);
  }
}
