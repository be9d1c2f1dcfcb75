package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.compare.Budget;
import io.github.sgn4j.examples.compare.ComparisonListener;
import io.github.sgn4j.examples.compare.RunOutcome;
import io.github.sgn4j.examples.results.Numbers;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows how a comparison goes; closed when it ends. */
interface CompareProgress extends ComparisonListener, AutoCloseable {

  @Override
  default void close() {}

  /** A bar over all runs on a terminal, a line for each elsewhere. */
  static CompareProgress of(Console console, Budget budget, int done, int pending) {
    return console.isTerminal()
        ? new CompareBar(console, budget, done, pending)
        : new CompareLines(console);
  }

  /** What came of a run, in a few words. */
  static String words(RunOutcome outcome) {
    return switch (outcome.state()) {
      case FINISHED ->
          "train loss "
              + Numbers.of(outcome.trainLoss())
              + (outcome.testAcc() == null
                  ? ", test loss " + number(outcome.testLoss())
                  : ", test accuracy " + Numbers.percent(outcome.testAcc()));
      case DIVERGED -> "diverged";
      default -> "failed";
    };
  }

  private static String number(Double value) {
    return value == null ? "-" : Numbers.of(value);
  }

  /** Such as "about 12 min"; "unknown" if nothing tells. */
  static String duration(OptionalDouble seconds) {
    if (seconds.isEmpty()) {
      return "unknown";
    }
    long all = Math.round(seconds.getAsDouble());
    if (all < 100) {
      return "about " + all + " s";
    }
    long minutes = Math.round(all / 60.0);
    return minutes < 100
        ? "about " + minutes + " min"
        : String.format(Locale.ROOT, "about %d h %02d min", minutes / 60, minutes % 60);
  }
}
