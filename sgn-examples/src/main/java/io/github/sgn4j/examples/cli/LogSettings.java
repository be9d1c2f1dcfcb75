package io.github.sgn4j.examples.cli;

import picocli.CommandLine.Option;

/** What is written down of a run beside its results. */
final class LogSettings {

  @Option(
      names = "--log-jsonl",
      order = 11,
      negatable = true,
      fallbackValue = "true",
      description = "Write every step and epoch as a line of JSON into log.jsonl in that folder.")
  boolean jsonLines;

  @Option(
      names = "--tensorboard",
      order = 11,
      negatable = true,
      fallbackValue = "true",
      description =
          "Write losses, damping and the like for TensorBoard into tensorboard/ in that folder.")
  boolean tensorBoard;
}
