package io.github.sgn4j.training.listener;

import java.util.Locale;

/**
 * One JSON object on one line, for names and values that need no escaping. Numbers that are not
 * finite become null, since JSON has none.
 */
final class JsonLine {

  private final StringBuilder text = new StringBuilder("{");

  JsonLine put(String name, double value) {
    name(name);
    if (Double.isFinite(value)) {
      text.append(value);
    } else {
      text.append("null");
    }
    return this;
  }

  JsonLine put(String name, long value) {
    name(name).append(value);
    return this;
  }

  JsonLine put(String name, boolean value) {
    name(name).append(value);
    return this;
  }

  /** The constant's name in lower case, or null. */
  JsonLine put(String name, Enum<?> value) {
    name(name);
    if (value == null) {
      text.append("null");
    } else {
      text.append('"').append(value.name().toLowerCase(Locale.ROOT)).append('"');
    }
    return this;
  }

  private StringBuilder name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    return text.append('"').append(name).append("\":");
  }

  /** The whole line, line feed and all. */
  String end() {
    return text.append("}\n").toString();
  }
}
