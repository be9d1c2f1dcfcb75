package io.github.sgn4j.examples.results.report;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An axis of a figure.
 *
 * @param from its lower end; positive on a logarithmic axis
 * @param to its upper end, above the lower one
 * @param logarithmic else linear
 */
record FigureAxis(double from, double to, boolean logarithmic) {

  /** Above as many decades there is a tick for each of them and none between. */
  private static final double MANY_DECADES = 3;

  /** Below this ratio of its ends an axis has the ticks of a linear one. */
  private static final double SHORT = 2;

  private static final int LINEAR_TICKS = 6;

  /** An axis that shows these numbers, with a little room; a default one if there are none. */
  static FigureAxis around(double lowest, double highest, boolean logarithmic) {
    boolean some = lowest <= highest && (!logarithmic || lowest > 0);
    if (logarithmic) {
      double from = some ? lowest / 1.1 : 0.1;
      return new FigureAxis(from, some ? Math.max(highest * 1.1, 2 * from) : 1, true);
    }
    double room = some ? Math.max((highest - lowest) * 0.05, 1e-3 * Math.abs(highest)) : 0;
    return some
        ? new FigureAxis(lowest - room, highest + Math.max(room, 1e-12), false)
        : new FigureAxis(0, 1, false);
  }

  /** Where a number stands: 0 at the lower end, 1 at the upper one, beyond if it is beyond. */
  double position(double value) {
    return logarithmic
        ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
        : (value - from) / (to - from);
  }

  /** Round numbers on the axis, with their labels; an empty label is for a line alone. */
  Map<Double, String> ticks() {
    Map<Double, String> ticks = new TreeMap<>();
    if (logarithmic && to / from >= SHORT) {
      logarithmic(ticks);
    } else {
      linear(ticks);
    }
    return ticks;
  }

  private void logarithmic(Map<Double, String> ticks) {
    double decades = Math.log10(to / from);
    int step = (int) Math.ceil(decades / 10);
    int first = (int) Math.floor(Math.log10(from));
    for (int exponent = first; exponent <= Math.log10(to); exponent++) {
      for (int digit = 1; digit < 10; digit++) {
        double value = Double.parseDouble(digit + "e" + exponent);
        boolean labelled =
            digit == 1
                ? Math.floorMod(exponent, step) == 0
                : decades <= MANY_DECADES && (digit == 2 || digit == 5 || decades < 1);
        if (value >= from && value <= to && (labelled || decades <= MANY_DECADES)) {
          ticks.put(value, labelled ? label(value) : "");
        }
      }
    }
  }

  private void linear(Map<Double, String> ticks) {
    double rough = (to - from) / LINEAR_TICKS;
    double unit = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        unit * (rough / unit < 1.5 ? 1 : rough / unit < 3.5 ? 2 : rough / unit < 7.5 ? 5 : 10);
    for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
      ticks.put(i * step, label(i * step));
    }
  }

  /** Six digits are enough for round numbers. */
  private static String label(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e5)) {
      return String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-").replace("e+0", "e");
    }
    return String.format(Locale.ROOT, "%.6f", value).replaceAll("\\.?0+$", "");
  }
}
