package io.github.sgn4j.solver;

/**
 * When an iterative solve stops.
 *
 * @param maxIterations at least 1
 * @param tolerance stop when, after an iteration, the residual's largest absolute value is at or
 *     below it; 0 or more, 0 asks for exactly maxIterations iterations
 */
public record SolveLimits(int maxIterations, double tolerance) {

  /** Checks the ranges. */
  public SolveLimits {
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "maxIterations = " + maxIterations + ": must be at least 1");
    }
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "tolerance = " + tolerance + ": must be finite and at least 0");
    }
  }
}
