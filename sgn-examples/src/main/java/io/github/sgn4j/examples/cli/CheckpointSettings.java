package io.github.sgn4j.examples.cli;

import picocli.CommandLine.Option;

/** Whether a run can go on after an interruption. */
final class CheckpointSettings {

  @Option(
      names = "--checkpoint-every",
      order = 11,
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = Ranges.NonNegative.class,
      description =
          "Save a checkpoint into the folder so often, and on Ctrl-C; 0 for never. A run that is done"
              + " removes it. Default ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--resume",
      order = 11,
      description =
          "Go on from the checkpoint in the folder, with the same options, as if the run had not been"
              + " interrupted.")
  private boolean resume;

  /** Seconds between checkpoints; 0 for none. */
  double seconds() {
    return seconds;
  }

  /** Whether a run is to go on. */
  boolean resume() {
    return resume;
  }
}
