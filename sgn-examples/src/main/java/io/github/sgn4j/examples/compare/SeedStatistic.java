package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.sgn4j.examples.results.Numbers;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;

/**
 * Mean and sample standard deviation over seeds.
 *
 * @param mean null if a value is not finite
 * @param deviation null of fewer than two values
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SeedStatistic(Double mean, Double deviation) {

  /** Of these values; null if there are none. Values that are null count as not finite. */
  static SeedStatistic of(List<Double> values) {
    if (values.stream().allMatch(Objects::isNull)) {
      return null;
    }
    double[] numbers =
        values.stream().mapToDouble(value -> value == null ? Double.NaN : value).toArray();
    double mean = 0;
    for (double number : numbers) {
      mean += number / numbers.length;
    }
    if (!Double.isFinite(mean)) {
      return new SeedStatistic(null, null);
    }
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    return new SeedStatistic(
        mean, numbers.length < 2 ? null : Math.sqrt(squares / (numbers.length - 1)));
  }

  /** Such as "0.1234 ± 0.0056". */
  String text(DoubleFunction<String> format) {
    if (mean == null) {
      return "-";
    }
    return format.apply(mean) + (deviation == null ? "" : " ± " + format.apply(deviation));
  }

  /** The same with four significant digits; "-" for none. */
  static String text(SeedStatistic statistic) {
    return statistic == null ? "-" : statistic.text(Numbers::of);
  }

  /** The mean as a whole number; "-" for none. */
  static String whole(SeedStatistic statistic) {
    return statistic == null || statistic.mean() == null
        ? "-"
        : String.valueOf(Math.round(statistic.mean()));
  }
}
