package io.github.sgn4j.damping;

/** Argument checks of the policies. */
final class Ranges {

  private Ranges() {}

  static double nonNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " = " + value + ": must be finite and at least 0");
    }
    return value;
  }

  static double positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " = " + value + ": must be finite and above 0");
    }
    return value;
  }

  static double atLeastOne(String name, double value) {
    if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " = " + value + ": must be finite and at least 1");
    }
    return value;
  }

  static double atLeast(double least, String name, double value) {
    if (!(value >= least)) {
      throw new IllegalArgumentException(name + " = " + value + ": must be at least " + least);
    }
    return value;
  }

  static double atMost(double most, String name, double value) {
    if (!(value <= most)) {
      throw new IllegalArgumentException(name + " = " + value + ": must be at most " + most);
    }
    return value;
  }

  static int atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " = " + value + ": must be at least " + least);
    }
    return value;
  }

  /** The only number of a memory. */
  static double only(double... memory) {
    if (memory.length != 1) {
      throw new IllegalArgumentException(
          "this damping policy carries 1 number between steps, not " + memory.length);
    }
    return memory[0];
  }
}
