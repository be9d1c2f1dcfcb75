package io.github.sgn4j.examples.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** How much of the machine a run may take. */
final class ResourceSettings {

  @Option(
      names = "--threads",
      order = 14,
      paramLabel = "N",
      converter = Ranges.Count.class,
      description = "Threads that compute at most. Default: the processors of the machine.")
  private Integer threads;

  @Option(
      names = "--memory",
      order = 15,
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "What the arrays of a batch may take, such as 512m or 2g, at least 1m; larger batches are"
              + " computed in parts. Default: a share of the machine's memory.")
  private Long memory;

  /** The choice, with the default number of threads where none is given. */
  Resources resources() {
    return threads == null
        ? new Resources(Resources.DEFAULT.threads(), memory)
        : new Resources(threads, memory);
  }

  /** Adds these options to a run's configuration. */
  void describe(Map<String, Object> config) {
    config.put("threads", resources().threads());
    config.put("memory", memory);
  }
}
