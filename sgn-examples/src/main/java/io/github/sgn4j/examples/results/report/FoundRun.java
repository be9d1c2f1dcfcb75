package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.RunResults;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run in the folder that is reported on.
 *
 * @param folder the run's folder, relative to the one reported on; "." for itself
 * @param name what the comparison it belongs to calls its configuration
 * @param config content of {@code config.json}, in its order
 * @param results content of {@code results.json}
 */
record FoundRun(
    String folder, Optional<String> name, Map<String, Object> config, RunResults results) {

  /** Where a run reads and writes, and its seed, do not make another configuration of it. */
  private static final Set<String> RUNS_OWN =
      Set.of("seed", "out", "force", "verbose", "data_dir", "resume");

  private static final String RUNS_OWN_PREFIX = "checkpoint";

  /** Whether runs of one configuration may differ in this option. */
  static boolean isRunsOwn(String key) {
    return RUNS_OWN.contains(key) || key.startsWith(RUNS_OWN_PREFIX);
  }

  /** What became of it. */
  Ending ending() {
    return Ending.of(results);
  }

  /** The seed, as it stands in the configuration. */
  String seed() {
    return String.valueOf(config.getOrDefault("seed", "-"));
  }
}
