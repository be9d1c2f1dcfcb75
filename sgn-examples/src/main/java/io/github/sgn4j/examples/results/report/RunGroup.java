package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.RunResults;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The runs of one configuration, which differ in their seeds.
 *
 * @param name unlike the other groups' of its section
 * @param options of {@code config.json}, but for what is a run's own
 * @param runs at least one
 */
record RunGroup(String name, Map<String, Object> options, List<FoundRun> runs) {

  /** The runs that came to their end with numbers. */
  List<FoundRun> done() {
    return runs.stream().filter(run -> run.ending() == Ending.DONE).toList();
  }

  /** The others. */
  List<FoundRun> undone() {
    return runs.stream().filter(run -> run.ending() != Ending.DONE).toList();
  }

  /** How the others ended, such as "2 diverged, 1 running"; empty if there are none. */
  String undoneText() {
    Map<Ending, Integer> counts = new EnumMap<>(Ending.class);
    undone().forEach(run -> counts.merge(run.ending(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().text())
        .collect(Collectors.joining(", "));
  }

  /** Of the runs that are done. */
  Statistic statistic(ToDoubleFunction<RunResults> number) {
    return Statistic.of(done().stream().map(FoundRun::results).mapToDouble(number).toArray());
  }

  /** Of the final values of the runs that are done. */
  Statistic statistic(Measure measure) {
    return statistic(measure::finalValue);
  }
}
