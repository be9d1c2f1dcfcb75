package io.github.sgn4j.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The layout of theta: parameters in a fixed order, one after another, without gaps. */
public final class ParameterSpace {

  private final Map<String, Parameter> byName;
  private final List<Parameter> all;
  private final int dimension;

  private ParameterSpace(Map<String, Parameter> byName, int dimension) {
    this.byName = byName;
    this.all = List.copyOf(byName.values());
    this.dimension = dimension;
  }

  /**
   * Lays the given shapes out in the map's order.
   *
   * @throws IllegalArgumentException if there is none, a dimension is not positive, or they hold
   *     2^31 elements or more together
   */
  public static ParameterSpace of(Map<String, long[]> shapes) {
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("there is no trainable parameter");
    }
    Map<String, Parameter> byName = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long length = 1;
      for (long dimension : entry.getValue()) {
        if (dimension <= 0) {
          throw new IllegalArgumentException(
              "parameter '"
                  + entry.getKey()
                  + "' has shape "
                  + Arrays.toString(entry.getValue())
                  + "; every dimension must be positive");
        }
        length = Math.multiplyExact(length, dimension);
      }
      if (offset + length > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "the parameters up to '"
                + entry.getKey()
                + "' hold "
                + (offset + length)
                + " elements; one flat vector holds fewer than 2^31");
      }
      byName.put(
          entry.getKey(),
          new Parameter(entry.getKey(), entry.getValue(), (int) offset, (int) length));
      offset += length;
    }
    return new ParameterSpace(byName, (int) offset);
  }

  /** Number of elements of theta. */
  public int dimension() {
    return dimension;
  }

  /** The parameters in their order within theta. */
  public List<Parameter> all() {
    return all;
  }

  /** Names in order. */
  public List<String> names() {
    return new ArrayList<>(byName.keySet());
  }

  /**
   * The parameter of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Parameter get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "no parameter '" + name + "'; there are " + byName.keySet());
    }
    return parameter;
  }

  /**
   * The parameters that a pattern names, in order: the one of exactly that name, else those that it
   * matches with * for any characters and ? for one.
   *
   * @throws IllegalArgumentException if there is none
   */
  public List<Parameter> matching(String pattern) {
    if (byName.containsKey(pattern)) {
      return List.of(byName.get(pattern));
    }
    Pattern compiled = Pattern.compile(regex(pattern), Pattern.DOTALL);
    List<Parameter> found =
        all.stream().filter(parameter -> compiled.matcher(parameter.name()).matches()).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no parameter matches '" + pattern + "'; there are " + byName.keySet());
    }
    return found;
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return regex.toString();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
