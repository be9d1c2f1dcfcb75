package io.github.sgn4j.examples.results.report;

import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which points of a long curve are drawn: one half evenly spaced, the other evenly on a logarithmic
 * axis, where the beginning takes most of the room.
 */
final class Thinning {

  private Thinning() {}

  /**
   * Ascending indices into a list of n points, the first and the last among them.
   *
   * @param most how many at most, at least 4; all n if they are no more than that
   */
  static int[] indices(int n, int most) {
    if (n <= most) {
      return IntStream.range(0, n).toArray();
    }
    TreeSet<Integer> chosen = new TreeSet<>();
    int half = most / 2;
    for (int i = 0; i < half; i++) {
      chosen.add((int) Math.round((n - 1.0) * i / (half - 1)));
      chosen.add((int) Math.round(Math.pow(n, (double) i / half)) - 1);
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }
}
