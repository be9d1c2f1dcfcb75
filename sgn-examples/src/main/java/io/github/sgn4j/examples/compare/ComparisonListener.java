package io.github.sgn4j.examples.compare;

import java.util.OptionalDouble;

/** Shows how a comparison goes. */
public interface ComparisonListener {

  /**
   * A run starts.
   *
   * @param done runs of this comparison that came to their end, whenever that was
   * @param total of all runs, as far as they are known: tuning may add some
   * @param secondsLeft until the end; empty if nothing tells
   */
  void started(Run run, int done, int total, OptionalDouble secondsLeft);

  /** A run ended; the numbers are those after it. */
  void ended(Run run, RunOutcome outcome, int done, int total, OptionalDouble secondsLeft);
}
