package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.RunResults;

/** What became of a run. Only runs that are done enter means. */
enum Ending {
  DONE("done"),
  DIVERGED("diverged"),
  INTERRUPTED("interrupted"),
  FAILED("failed"),
  RUNNING("running");

  private final String text;

  Ending(String text) {
    this.text = text;
  }

  /**
   * Of a run with these results. One whose parameters are finite but whose final loss is not has
   * diverged as well.
   */
  static Ending of(RunResults results) {
    return switch (results.status()) {
      case DONE ->
          Double.isFinite(Measure.TRAIN_LOSS.finalValue(results)) || results.avgLoss().isEmpty()
              ? DONE
              : DIVERGED;
      case NON_FINITE -> DIVERGED;
      case INTERRUPTED -> INTERRUPTED;
      case FAILED -> FAILED;
      case RUNNING -> RUNNING;
    };
  }

  /** The word for it. */
  String text() {
    return text;
  }
}
