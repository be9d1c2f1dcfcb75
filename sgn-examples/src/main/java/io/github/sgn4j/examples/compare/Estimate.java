package io.github.sgn4j.examples.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How long runs take, learned from those that there were. */
final class Estimate {

  /** Start of Java, data, network, evaluation: until the first run has been seen. */
  static final double START_SECONDS = 6;

  private final Budget budget;
  private final Map<String, double[]> bySlug = new HashMap<>();
  private final double[] all = new double[2];

  Estimate(Budget budget) {
    this.budget = budget;
  }

  /** Takes note of a run's seconds from start to end. */
  void learn(String slug, double seconds) {
    add(bySlug.computeIfAbsent(slug, s -> new double[2]), seconds);
    add(all, seconds);
  }

  private static void add(double[] sumAndCount, double seconds) {
    sumAndCount[0] += seconds;
    sumAndCount[1]++;
  }

  /** Seconds that these runs will take; empty if nothing tells. */
  OptionalDouble seconds(List<Run> runs) {
    double sum = 0;
    for (Run run : runs) {
      double[] known = bySlug.getOrDefault(run.slug(), all);
      if (known[1] > 0) {
        sum += known[0] / known[1];
      } else if (budget.seconds() != null) {
        sum += budget.seconds() + START_SECONDS;
      } else {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(sum);
  }
}
