package io.github.sgn4j.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A node of a trace file that knows its place; reading what is not there fails with that place. */
final class Trace {

  private final String place;
  private final JsonNode node;

  Trace(String place, JsonNode node) {
    this.place = place;
    this.node = node;
  }

  String place() {
    return place;
  }

  boolean has(String name) {
    return node.has(name) && !node.get(name).isNull();
  }

  Trace get(String name) {
    JsonNode child = node.get(name);
    if (child == null) {
      throw new TraceFormatException(place + " has no field '" + name + "'");
    }
    return new Trace(place.isEmpty() ? name : place + "." + name, child);
  }

  List<Trace> elements() {
    if (!node.isArray()) {
      throw new TraceFormatException(place + " is not an array");
    }
    List<Trace> elements = new ArrayList<>();
    for (JsonNode child : node) {
      elements.add(new Trace(place + "[" + elements.size() + "]", child));
    }
    return elements;
  }

  Set<String> names() {
    if (!node.isObject()) {
      throw new TraceFormatException(place + " is not an object");
    }
    Set<String> names = new TreeSet<>();
    for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    return Collections.unmodifiableSet(names);
  }

  /** Fails if a field is there that nobody would compare. */
  void onlyKnows(Set<String> known) {
    Set<String> unknown = new TreeSet<>(names());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new TraceFormatException(
          (place.isEmpty() ? "the file" : place)
              + " has unknown fields "
              + unknown
              + "; known are "
              + new TreeSet<>(known));
    }
  }

  double number() {
    if (!node.isNumber()) {
      throw new TraceFormatException(place + " = " + node + " is not a number");
    }
    return node.doubleValue();
  }

  double number(String name) {
    return get(name).number();
  }

  int integer() {
    double value = number();
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new TraceFormatException(place + " = " + node + " is not an integer");
    }
    return (int) value;
  }

  int integer(String name) {
    return get(name).integer();
  }

  boolean bool() {
    if (!node.isBoolean()) {
      throw new TraceFormatException(place + " = " + node + " is neither true nor false");
    }
    return node.booleanValue();
  }

  String text() {
    if (!node.isTextual()) {
      throw new TraceFormatException(place + " = " + node + " is not a text");
    }
    return node.textValue();
  }

  String text(String name) {
    return get(name).text();
  }

  double[] vector() {
    return elements().stream().mapToDouble(Trace::number).toArray();
  }

  double[] vector(String name) {
    return get(name).vector();
  }

  double[][] matrix(String name) {
    return get(name).elements().stream().map(Trace::vector).toArray(double[][]::new);
  }

  boolean isArrayOfArrays(String name) {
    List<Trace> rows = get(name).elements();
    return !rows.isEmpty() && rows.get(0).node.isArray();
  }
}
