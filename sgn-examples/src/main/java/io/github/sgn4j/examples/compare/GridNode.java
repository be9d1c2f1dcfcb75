package io.github.sgn4j.examples.compare;

import java.util.List;
import java.util.Map;

/**
 * A part of a grid file, whether written in YAML or in JSON, with the line where it begins: of a
 * key's value, the line of the key.
 */
sealed interface GridNode {

  /** Counted from 1. */
  int line();

  /** What it is, for messages. */
  String kind();

  /** One value, as it was written: what a number or a switch is, is for others to say. */
  record Text(String text, int line) implements GridNode {
    @Override
    public String kind() {
      return "the value " + GridReader.quoted(text);
    }
  }

  /** A list. */
  record Items(List<GridNode> items, int line) implements GridNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with their values, in the file's order. */
  record Fields(Map<String, GridNode> fields, int line) implements GridNode {
    @Override
    public String kind() {
      return "a group of keys";
    }
  }
}
