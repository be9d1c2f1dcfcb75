package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.RunEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the runs ran on: a line for each fact, with all its values where they differ. */
final class EnvironmentTable {

  private static final Map<String, Function<RunEnvironment, Object>> FACTS = new LinkedHashMap<>();

  static {
    FACTS.put("SGN4J", RunEnvironment::sgn4j);
    FACTS.put("ND4J", RunEnvironment::nd4j);
    FACTS.put("Java", RunEnvironment::java);
    FACTS.put("operating system", RunEnvironment::os);
    FACTS.put("processor", RunEnvironment::cpu);
    FACTS.put("processors", RunEnvironment::cpus);
    FACTS.put("backend", RunEnvironment::backend);
    FACTS.put("BLAS", RunEnvironment::blas);
    FACTS.put("BLAS threads", RunEnvironment::blasThreads);
    FACTS.put("threads", RunEnvironment::threads);
    FACTS.put("OPENBLAS_CORETYPE", RunEnvironment::openblasCoretype);
    FACTS.put("precision", RunEnvironment::precision);
    FACTS.put("peak memory [MiB]", RunEnvironment::peakResidentMb);
  }

  private EnvironmentTable() {}

  /** Facts with their values. */
  static Map<String, String> of(List<FoundRun> runs) {
    List<RunEnvironment> known =
        runs.stream().map(run -> run.results().environment()).filter(Objects::nonNull).toList();
    Map<String, String> table = new LinkedHashMap<>();
    FACTS.forEach(
        (fact, value) -> {
          Map<String, Long> counts =
              known.stream()
                  .map(value)
                  .filter(Objects::nonNull)
                  .collect(
                      Collectors.groupingBy(
                          Object::toString, LinkedHashMap::new, Collectors.counting()));
          if (!counts.isEmpty()) {
            table.put(fact, value(fact, counts));
          }
        });
    return table;
  }

  private static String value(String fact, Map<String, Long> counts) {
    if (counts.size() == 1) {
      return counts.keySet().iterator().next();
    }
    if (fact.startsWith("peak")) {
      List<Long> peaks = counts.keySet().stream().map(Long::valueOf).sorted().toList();
      return peaks.get(0) + " to " + peaks.get(peaks.size() - 1);
    }
    return counts.entrySet().stream()
        .map(each -> each.getKey() + " (" + each.getValue() + " runs)")
        .collect(Collectors.joining("; "))
        .replace("(1 runs)", "(1 run)");
  }
}
