package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.DerivativeGraph;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All slots of one bound plan, by variable. */
final class Buffers {

  private final Map<String, Slot> slots = new HashMap<>();
  private final DerivativeGraph graph;

  Buffers(DerivativeGraph graph) {
    this.graph = graph;
  }

  void add(Slot slot) {
    slots.put(slot.name(), slot);
  }

  /** The slot of a forward variable, or null for a derived one. */
  Slot slot(String name) {
    return slots.get(name);
  }

  /**
   * Bytes of all slots' arrays.
   *
   * @param foreign slots whose values somebody else holds
   */
  long bytes(Set<String> foreign) {
    return slots.values().stream().mapToLong(s -> s.bytes(!foreign.contains(s.name()))).sum();
  }

  DataType type(String name) {
    return graph.type(name);
  }

  /** The value of a constant that a rule made, or null. */
  INDArray constant(String name) {
    return graph.constant(name);
  }
}
