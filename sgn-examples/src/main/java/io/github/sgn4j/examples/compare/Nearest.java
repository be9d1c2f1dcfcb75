package io.github.sgn4j.examples.compare;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What someone who mistyped a name may have meant. */
final class Nearest {

  private static final int MOST = 3;

  private Nearest() {}

  /** A sentence with a space in front, or nothing if no name is near. */
  static String hint(String typed, Collection<String> names) {
    List<String> near =
        names.stream()
            .filter(name -> distance(typed, name) <= Math.max(1, name.length() / 3))
            .sorted(Comparator.comparingInt((String name) -> distance(typed, name)))
            .limit(MOST)
            .toList();
    return near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?";
  }

  /** Levenshtein's: insertions, deletions and replacements of characters. */
  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
