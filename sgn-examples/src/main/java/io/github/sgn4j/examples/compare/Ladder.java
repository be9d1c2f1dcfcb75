package io.github.sgn4j.examples.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The values beyond the ends of a tuned option's list. Beyond a geometric list x, rx, r²x lie its
 * further members; lists like 0.1, 0.3, 1 go on in their own steps: beyond v(n) lies v(n) v(n-1) /
 * v(n-2), which is 3. Two values give the ratio themselves. Values that are no positive numbers
 * have nothing beyond.
 */
final class Ladder {

  /** Further values at each end at most: four members of 1, 3, 10 are two orders of magnitude. */
  static final int MOST_BEYOND = 4;

  private static final MathContext DIGITS = new MathContext(3);

  private Ladder() {}

  /** The values below the smallest, from there down. */
  static List<String> below(List<String> values) {
    List<Double> sorted = numbers(values);
    return beyond(sorted.stream().sorted(Comparator.reverseOrder()).toList());
  }

  /** The values above the largest, from there up. */
  static List<String> above(List<String> values) {
    return beyond(numbers(values));
  }

  /** The texts' numbers from the smallest up; empty unless all are positive numbers. */
  static List<Double> numbers(List<String> values) {
    List<Double> numbers = new ArrayList<>();
    for (String value : values) {
      try {
        double number = Double.parseDouble(value);
        if (!Double.isFinite(number) || number <= 0) {
          return List.of();
        }
        numbers.add(number);
      } catch (NumberFormatException e) {
        return List.of();
      }
    }
    return numbers.stream().sorted().toList();
  }

  private static List<String> beyond(List<Double> towardsTheEnd) {
    List<Double> steps = new ArrayList<>(towardsTheEnd);
    List<String> further = new ArrayList<>();
    while (steps.size() >= 2 && further.size() < MOST_BEYOND) {
      int n = steps.size();
      double last = steps.get(n - 1);
      double ratio = n == 2 ? last / steps.get(0) : steps.get(n - 2) / steps.get(n - 3);
      double next = last * ratio;
      if (!Double.isFinite(next) || next < Double.MIN_NORMAL) {
        break;
      }
      BigDecimal rounded = BigDecimal.valueOf(next).round(DIGITS).stripTrailingZeros();
      // Of values that hardly differ rounding may lead back.
      if ((rounded.doubleValue() - last) * (ratio - 1) <= 0) {
        break;
      }
      steps.add(rounded.doubleValue());
      further.add(rounded.toPlainString());
    }
    return further;
  }
}
