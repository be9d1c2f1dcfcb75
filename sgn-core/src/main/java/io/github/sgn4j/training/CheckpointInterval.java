package io.github.sgn4j.training;

/**
 * When a run saves checkpoints: every so many steps, every so many seconds by the clock, whichever
 * comes first; and always when it ends or is stopped, but not when it ends with an exception.
 *
 * @param steps at least 1; Long.MAX_VALUE for never
 * @param seconds above 0, evaluation and everything else included; infinite for never
 */
public record CheckpointInterval(long steps, double seconds) {

  /** Checks the ranges. */
  public CheckpointInterval {
    if (steps < 1) {
      throw new IllegalArgumentException("option steps = " + steps + ": must be at least 1");
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("option seconds = " + seconds + ": must be above 0");
    }
  }

  /** Every so many steps. */
  public static CheckpointInterval everySteps(long steps) {
    return new CheckpointInterval(steps, Double.POSITIVE_INFINITY);
  }

  /** Every so many seconds. */
  public static CheckpointInterval everySeconds(double seconds) {
    return new CheckpointInterval(Long.MAX_VALUE, seconds);
  }

  /** Only when the run ends or is stopped. */
  public static CheckpointInterval atEndOnly() {
    return new CheckpointInterval(Long.MAX_VALUE, Double.POSITIVE_INFINITY);
  }

  /** The same, and every so many seconds. */
  public CheckpointInterval orSeconds(double value) {
    return new CheckpointInterval(steps, value);
  }
}
