package io.github.sgn4j.solver;

/**
 * When an iterative solve stops, and what it keeps of its course. Of the tests that are on, the
 * first to hold ends the solve; each is off at its default but for the iterations.
 *
 * @param maxIterations at least 1
 * @param tolerance stop when, after an iteration, the residual's largest absolute value is at or
 *     below it; 0 or more, 0 asks for exactly maxIterations iterations
 * @param relativeTolerance stop when |r| &lt;= relativeTolerance |b|, Euclidean norms; 0 or more,
 *     default 0: off
 * @param progress eps of Martens' test: stop after iteration i when (phi_i - phi_(i-k)) / phi_i
 *     &lt; k eps, k = max(10, i / 10) rounded up, phi the model's value 1/2 d.(A + rho D)d + b.d
 *     (Martens 2010, section 4.4, with eps = 0.0005); 0 or more, default 0: off
 * @param minIterations iterations before any of these tests may end the solve; from 1 (default) to
 *     maxIterations
 * @param refreshEvery every how many iterations the residual is computed anew, by one more product,
 *     instead of updated, which lets rounding add up; default 0: never
 * @param keepIterates whether intermediate directions are kept, see {@link LinearSolver#iterates}
 * @param keepHistory whether norms and model values are kept, see {@link LinearSolver#history}
 */
public record SolveLimits(
    int maxIterations,
    double tolerance,
    double relativeTolerance,
    double progress,
    int minIterations,
    int refreshEvery,
    boolean keepIterates,
    boolean keepHistory) {

  /** Checks the ranges. */
  public SolveLimits {
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "maxIterations = " + maxIterations + ": must be at least 1");
    }
    requireFinite("tolerance", tolerance);
    requireFinite("relativeTolerance", relativeTolerance);
    requireFinite("progress", progress);
    if (minIterations < 1 || minIterations > maxIterations) {
      throw new IllegalArgumentException(
          "minIterations = "
              + minIterations
              + ": must be from 1 to maxIterations = "
              + maxIterations);
    }
    if (refreshEvery < 0) {
      throw new IllegalArgumentException("refreshEvery = " + refreshEvery + ": must be at least 0");
    }
  }

  /** These two alone. */
  public SolveLimits(int maxIterations, double tolerance) {
    this(maxIterations, tolerance, 0, 0, 1, 0, false, false);
  }

  /** Whether anything but the number of iterations may end a solve. */
  boolean hasTests() {
    return tolerance > 0 || relativeTolerance > 0 || progress > 0;
  }

  /** With that {@link #relativeTolerance}. */
  public SolveLimits withRelativeTolerance(double value) {
    return new SolveLimits(
        maxIterations,
        tolerance,
        value,
        progress,
        minIterations,
        refreshEvery,
        keepIterates,
        keepHistory);
  }

  /** With that {@link #progress}. */
  public SolveLimits withProgress(double value) {
    return new SolveLimits(
        maxIterations,
        tolerance,
        relativeTolerance,
        value,
        minIterations,
        refreshEvery,
        keepIterates,
        keepHistory);
  }

  /** With that {@link #minIterations}. */
  public SolveLimits withMinIterations(int value) {
    return new SolveLimits(
        maxIterations,
        tolerance,
        relativeTolerance,
        progress,
        value,
        refreshEvery,
        keepIterates,
        keepHistory);
  }

  /** With that {@link #refreshEvery}. */
  public SolveLimits withRefreshEvery(int value) {
    return new SolveLimits(
        maxIterations,
        tolerance,
        relativeTolerance,
        progress,
        minIterations,
        value,
        keepIterates,
        keepHistory);
  }

  /** With {@link #keepIterates} so. */
  public SolveLimits withIterates(boolean value) {
    return new SolveLimits(
        maxIterations,
        tolerance,
        relativeTolerance,
        progress,
        minIterations,
        refreshEvery,
        value,
        keepHistory);
  }

  /** With {@link #keepHistory} so. */
  public SolveLimits withHistory(boolean value) {
    return new SolveLimits(
        maxIterations,
        tolerance,
        relativeTolerance,
        progress,
        minIterations,
        refreshEvery,
        keepIterates,
        value);
  }

  private static void requireFinite(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " = " + value + ": must be finite and at least 0");
    }
  }
}
