package io.github.sgn4j.examples.results.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A quantity of each step over runs, in groups of equally many consecutive steps: entry i of all
 * lists belongs together.
 *
 * @param steps number of the last step of the group, ascending
 * @param mean over the group's steps of all runs that came so far
 * @param low lowest of them
 * @param high highest of them
 */
record StepCurve(List<Integer> steps, List<Double> mean, List<Double> low, List<Double> high) {

  /** Groups of a curve. */
  static final int MOST_POINTS = 250;

  /**
   * Over these runs. Numbers that are not finite are left out; a group of nothing else is NaN.
   *
   * @param runs one list of steps each, of any lengths
   */
  static StepCurve of(List<? extends List<? extends Number>> runs) {
    int longest = runs.stream().mapToInt(List::size).max().orElse(0);
    int size = stepsPerPoint(longest);
    StepCurve curve =
        new StepCurve(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int from = 0; from < longest; from += size) {
      curve.add(runs, from, Math.min(from + size, longest));
    }
    return curve;
  }

  /** How many steps a point of a curve with so many steps stands for. */
  static int stepsPerPoint(int steps) {
    return Math.max(1, (steps + MOST_POINTS - 1) / MOST_POINTS);
  }

  private void add(List<? extends List<? extends Number>> runs, int from, int to) {
    double sum = 0;
    int count = 0;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (List<? extends Number> run : runs) {
      for (int step = from; step < Math.min(to, run.size()); step++) {
        double value = run.get(step).doubleValue();
        if (Double.isFinite(value)) {
          sum += value;
          count++;
          lowest = Math.min(lowest, value);
          highest = Math.max(highest, value);
        }
      }
    }
    steps.add(to);
    mean.add(count == 0 ? Double.NaN : sum / count);
    low.add(count == 0 ? Double.NaN : lowest);
    high.add(count == 0 ? Double.NaN : highest);
  }
}
