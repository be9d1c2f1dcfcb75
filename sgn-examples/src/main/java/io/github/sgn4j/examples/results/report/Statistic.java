package io.github.sgn4j.examples.results.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;

/**
 * Of several runs.
 *
 * @param n how many there were with a finite number
 * @param mean their mean; NaN if there was none
 * @param deviation their sample standard deviation, with n - 1; NaN for fewer than two
 */
record Statistic(int n, double mean, double deviation) {

  private static final MathContext TWO_DIGITS = new MathContext(2);

  /** Of the finite ones among these numbers. */
  static Statistic of(double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    int n = finite.length;
    double mean = Arrays.stream(finite).average().orElse(Double.NaN);
    double squares = Arrays.stream(finite).map(x -> (x - mean) * (x - mean)).sum();
    return new Statistic(n, mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)));
  }

  /**
   * Such as "0.123 ± 0.004", without a deviation where there is none. The deviation has two digits:
   * more say nothing of a handful of runs.
   *
   * @param measure whose number it is
   */
  String text(Measure measure) {
    String text = measure.text(mean);
    if (Double.isNaN(deviation)) {
      return text;
    }
    if (measure.isFraction()) {
      return text + "\u00a0± " + measure.text(deviation);
    }
    boolean scientific = text.contains("e");
    double rounded = deviation == 0 ? 0 : new BigDecimal(deviation).round(TWO_DIGITS).doubleValue();
    return text
        + "\u00a0± "
        + (scientific
            ? String.format(Locale.ROOT, "%.1e", rounded)
            : new BigDecimal(String.valueOf(rounded)).stripTrailingZeros().toPlainString());
  }

  /** Whether the intervals of one deviation around the means have numbers in common. */
  boolean overlaps(Statistic other) {
    return Math.abs(mean - other.mean) <= spread() + other.spread();
  }

  private double spread() {
    return Double.isNaN(deviation) ? 0 : deviation;
  }
}
