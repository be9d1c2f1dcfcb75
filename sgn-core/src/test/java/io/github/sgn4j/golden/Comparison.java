package io.github.sgn4j.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Collects what differs, each with its place and by how much. */
final class Comparison {

  private static final int SHOWN = 20;

  private final boolean nonFiniteIsTheirs;
  private final List<String> differences = new ArrayList<>();

  /**
   * An empty comparison.
   *
   * @param nonFiniteIsTheirs whether recorded NaN and infinities are an overflow of the reference's
   *     own, to be passed over
   */
  Comparison(boolean nonFiniteIsTheirs) {
    this.nonFiniteIsTheirs = nonFiniteIsTheirs;
  }

  /** |actual - expected| must not exceed tolerance |expected|. */
  void relative(String where, double actual, double expected, double tolerance) {
    absolute(where, actual, expected, tolerance * Math.abs(expected));
  }

  /** |actual - expected| must not exceed the bound. */
  void absolute(String where, double actual, double expected, double bound) {
    // The negation lets NaN fail.
    if (!(Math.abs(actual - expected) <= bound) && !passedOver(expected)) {
      differences.add(
          String.format(
              Locale.ROOT,
              "%s: %.17g instead of the recorded %.17g; allowed are %.1e",
              where,
              actual,
              expected,
              bound));
    }
  }

  /** max|actual - expected| must not exceed tolerance max|expected|. */
  void vector(String where, double[] actual, double[] expected, double tolerance) {
    vectorWithin(where, actual, expected, tolerance * maxAbs(expected));
  }

  /** max|actual - expected| must not exceed the bound. */
  void vectorWithin(String where, double[] actual, double[] expected, double bound) {
    if (actual.length != expected.length) {
      equal(where + " length", actual.length, expected.length);
      return;
    }
    int worst = -1;
    double largest = bound;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      if (!(difference <= largest) && !passedOver(expected[i])) {
        worst = i;
        largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
      }
    }
    if (worst >= 0) {
      absolute(where + "[" + worst + "]", actual[worst], expected[worst], bound);
    }
  }

  private boolean passedOver(double expected) {
    return nonFiniteIsTheirs && !Double.isFinite(expected);
  }

  /** Counts and choices must agree exactly. */
  void equal(String where, Object actual, Object expected) {
    check(actual.equals(expected), where + ": " + actual + " instead of the recorded " + expected);
  }

  /** A statement about recorded numbers must hold. */
  void check(boolean holds, String otherwise) {
    if (!holds) {
      differences.add(otherwise);
    }
  }

  /** Fails with everything that differs. */
  void finish(String name) {
    if (!differences.isEmpty()) {
      List<String> shown = differences.subList(0, Math.min(SHOWN, differences.size()));
      throw new AssertionError(
          name
              + ": "
              + differences.size()
              + " differences from the recorded trace, beginning with\n  "
              + String.join("\n  ", shown));
    }
  }

  /** The largest absolute value of those that are numbers. */
  static double maxAbs(double[] values) {
    return Arrays.stream(values).map(Math::abs).filter(Double::isFinite).reduce(0, Math::max);
  }
}
