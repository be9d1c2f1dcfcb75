package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.RunResults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A measure against epochs and seconds, over runs: entry i of all lists belongs together. NaN
 * leaves a gap.
 *
 * @param epochs epochs completed, ascending
 * @param seconds mean over the runs of the training seconds until then
 * @param mean over the runs, after that many epochs; NaN where one of them has none
 * @param low lowest of the runs, in this epoch and those that were left out before it
 * @param high highest, likewise
 */
record Curve(
    List<Double> epochs,
    List<Double> seconds,
    List<Double> mean,
    List<Double> low,
    List<Double> high) {

  /** Points of a curve: about as many as pixels to tell them apart. */
  static final int MOST_POINTS = 300;

  /**
   * Over these runs, as far as all of them went.
   *
   * @param runs those without the measure are left out
   */
  static Curve of(Measure measure, List<RunResults> runs) {
    List<RunResults> having = runs.stream().filter(run -> measure.perEpoch(run) != null).toList();
    int common = having.stream().mapToInt(run -> run.avgLoss().size()).min().orElse(0);
    Curve curve =
        new Curve(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    int from = 0;
    for (int epoch : Thinning.indices(common, MOST_POINTS)) {
      curve.add(measure, having, from, epoch);
      from = epoch + 1;
    }
    return curve;
  }

  private void add(Measure measure, List<RunResults> runs, int from, int epoch) {
    epochs.add(epoch + 1.0);
    seconds.add(average(runs.stream().map(run -> run.epochSeconds().get(epoch)).toList()));
    mean.add(average(runs.stream().map(run -> measure.perEpoch(run).get(epoch)).toList()));
    List<Double> all = new ArrayList<>();
    for (RunResults run : runs) {
      measure.perEpoch(run).subList(from, epoch + 1).stream()
          .filter(Double::isFinite)
          .forEach(all::add);
    }
    low.add(all.isEmpty() ? Double.valueOf(Double.NaN) : Collections.min(all));
    high.add(all.isEmpty() ? Double.valueOf(Double.NaN) : Collections.max(all));
  }

  private static double average(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    return Double.isFinite(mean) ? mean : Double.NaN;
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return mean.stream().noneMatch(Double::isFinite);
  }
}
