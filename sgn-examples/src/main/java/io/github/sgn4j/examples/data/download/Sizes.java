package io.github.sgn4j.examples.data.download;

import java.util.Locale;

/** Writes numbers of bytes for people. */
public final class Sizes {

  private static final double UNIT = 1000;
  private static final String[] NAMES = {"kB", "MB", "GB", "TB"};

  private Sizes() {}

  /** Such as 28.9 kB. */
  public static String of(long bytes) {
    if (bytes < UNIT) {
      return bytes + " bytes";
    }
    double value = bytes / UNIT;
    int unit = 0;
    while (value >= UNIT && unit < NAMES.length - 1) {
      value /= UNIT;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, NAMES[unit]);
  }
}
