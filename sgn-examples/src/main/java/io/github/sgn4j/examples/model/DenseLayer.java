package io.github.sgn4j.examples.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fully connected layer.
 *
 * @param name its name in the architecture, for messages
 * @param outputSize width of its output
 * @param activation applied to it
 */
public record DenseLayer(String name, int outputSize, Activation activation) {

  /** Its fields in a JSON architecture. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", "FC");
    map.put("output_size", outputSize);
    map.put("activation", activation.key());
    return map;
  }
}
