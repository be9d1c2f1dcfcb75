package io.github.sgn4j.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the numbers of a trace file and changes them one at a time. */
final class Tampering {

  private static final double SMALL = 1e-4;

  private Tampering() {}

  /** One number: where it stands. */
  record Leaf(String path, JsonNode parent, String field, int index) {

    JsonNode value() {
      return field == null ? parent.get(index) : parent.get(field);
    }

    void set(JsonNode value) {
      if (field == null) {
        ((ArrayNode) parent).set(index, value);
      } else {
        ((ObjectNode) parent).set(field, value);
      }
    }

    /** The path without indices. */
    String kind() {
      return path.replaceAll("\\[\\d+\\]", "[]");
    }

    /** Whether it is so small beside its neighbours that a vector comparison cannot see it. */
    boolean isSmallInItsVector() {
      double largest = 0;
      if (field == null) {
        for (JsonNode other : parent) {
          largest = Math.max(largest, Math.abs(other.asDouble()));
        }
      }
      return Math.abs(value().asDouble()) < SMALL * largest;
    }

    /** The number made wrong: by a thousandth, or by one if it is a count, an index or zero. */
    JsonNode wrong() {
      JsonNode value = value();
      if (value.isIntegralNumber()) {
        return IntNode.valueOf(value.intValue() + 1);
      }
      double number = value.doubleValue();
      return DoubleNode.valueOf(number == 0 ? 1e-3 : number * 1.001);
    }
  }

  /** All finite numbers below a node. */
  static List<Leaf> numbers(JsonNode node) {
    List<Leaf> found = new ArrayList<>();
    collect("", node, found);
    return found;
  }

  private static void collect(String path, JsonNode node, List<Leaf> found) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String child = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        visit(new Leaf(child, node, entry.getKey(), -1), found);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        visit(new Leaf(path + "[" + i + "]", node, null, i), found);
      }
    }
  }

  private static void visit(Leaf leaf, List<Leaf> found) {
    JsonNode value = leaf.value();
    if (value.isNumber()) {
      if (Double.isFinite(value.doubleValue())) {
        found.add(leaf);
      }
    } else {
      collect(leaf.path(), value, found);
    }
  }
}
