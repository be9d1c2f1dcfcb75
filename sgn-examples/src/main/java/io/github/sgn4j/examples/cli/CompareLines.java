package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.compare.Run;
import io.github.sgn4j.examples.compare.RunOutcome;
import java.util.OptionalDouble;

/** A plain line for each run. */
final class CompareLines implements CompareProgress {

  private final Console console;

  CompareLines(Console console) {
    this.console = console;
  }

  @Override
  public void started(Run run, int done, int total, OptionalDouble secondsLeft) {}

  @Override
  public void ended(Run run, RunOutcome outcome, int done, int total, OptionalDouble secondsLeft) {
    console.line(
        done
            + " of "
            + total
            + "  "
            + run.label()
            + ": "
            + CompareProgress.words(outcome)
            + (done < total ? "; time left: " + CompareProgress.duration(secondsLeft) : ""));
  }
}
