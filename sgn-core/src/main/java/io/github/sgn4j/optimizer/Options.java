package io.github.sgn4j.optimizer;

/** Checks of options; a message names the option, its value and the range. */
final class Options {

  private Options() {}

  static void require(boolean valid, String option, Object value, String range) {
    if (!valid) {
      throw new IllegalArgumentException("option " + option + " = " + value + ": must be " + range);
    }
  }

  static void nonNegative(String option, double value) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, option, value, "finite and at least 0");
  }

  static void positive(String option, double value) {
    require(value > 0 && value < Double.POSITIVE_INFINITY, option, value, "finite and above 0");
  }

  static void belowOne(String option, double value) {
    require(value >= 0 && value < 1, option, value, "at least 0 and below 1");
  }

  static void fraction(String option, double value) {
    require(value >= 0 && value <= 1, option, value, "between 0 and 1");
  }

  static void atLeast(int least, String option, int value) {
    require(value >= least, option, value, "at least " + least);
  }
}
