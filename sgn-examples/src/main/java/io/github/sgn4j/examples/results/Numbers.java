package io.github.sgn4j.examples.results;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {

  private Numbers() {}

  /** A loss or another measure with four significant digits; "-" if it is not finite. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double magnitude = Math.abs(value);
    if (magnitude != 0 && (magnitude < 1e-3 || magnitude >= 1e5)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int decimals = magnitude == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(magnitude)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A fraction as a percentage with two decimals; "-" if it is not finite. */
  public static String percent(double fraction) {
    return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction) : "-";
  }

  /** Seconds with two decimals, above 100 with one. */
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 100 ? "%.2f" : "%.1f", seconds);
  }
}
