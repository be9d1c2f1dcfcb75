package io.github.sgn4j.objective;

import java.util.Arrays;

/** One named block of the flat parameter vector, row-major ('c' order) within it. */
public final class Parameter {

  private final String name;
  private final long[] shape;
  private final int offset;
  private final int length;

  Parameter(String name, long[] shape, int offset, int length) {
    this.name = name;
    this.shape = shape.clone();
    this.offset = offset;
    this.length = length;
  }

  /** The model's name for it. */
  public String name() {
    return name;
  }

  /** Its shape, empty for a scalar; a copy. */
  public long[] shape() {
    return shape.clone();
  }

  /** Index of its first element in the flat vector. */
  public int offset() {
    return offset;
  }

  /** Number of elements. */
  public int length() {
    return length;
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape) + "@" + offset;
  }
}
