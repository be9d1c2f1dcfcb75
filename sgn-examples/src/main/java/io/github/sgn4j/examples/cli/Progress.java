package io.github.sgn4j.examples.cli;

import io.github.sgn4j.training.TrainingListener;
import io.github.sgn4j.training.TrainingPosition;

/** Shows how a run goes; closed when it ends. */
interface Progress extends TrainingListener, AutoCloseable {

  /** The run goes on from there. */
  default void goOnFrom(TrainingPosition position) {}

  @Override
  default void close() {}

  /**
   * What fits the surroundings: a bar on a terminal, lines otherwise.
   *
   * @param verbose a line for every step, and no bar
   */
  static Progress of(Console console, RunPlan plan, boolean verbose) {
    return console.isTerminal() && !verbose
        ? new BarProgress(console, plan)
        : new LineProgress(console, plan, verbose);
  }
}
