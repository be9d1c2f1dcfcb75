package io.github.sgn4j.linesearch;

import io.github.sgn4j.objective.Evaluation;

/**
 * Backtracking until the Armijo condition L(theta + a d) &lt;= L(theta) + a' c slope holds (Nocedal
 * and Wright, algorithm 3.1). If it runs out of trials, the last and smallest step is kept.
 *
 * <p>The textbook's a' is the trial's own a. The reference implementation keeps the first one,
 * which asks of a short step what was asked of the long one.
 */
public final class ArmijoBacktracking implements LineSearch {

  private final double constant;
  private final double factor;
  private final int maxBacktracks;
  private final boolean shrinkBound;

  /**
   * A search.
   *
   * @param constant c, in [0, 1)
   * @param factor by which a trial is shorter than the one before, in (0, 1)
   * @param maxBacktracks at most so many, 0 or more
   * @param shrinkBound whether the right-hand side follows the shrunk step (the textbook), or stays
   *     at the first one's (the reference)
   */
  public ArmijoBacktracking(
      double constant, double factor, int maxBacktracks, boolean shrinkBound) {
    if (!(constant >= 0 && constant < 1)) {
      throw new IllegalArgumentException("constant = " + constant + ": must be in [0, 1)");
    }
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("factor = " + factor + ": must be in (0, 1)");
    }
    if (maxBacktracks < 0) {
      throw new IllegalArgumentException(
          "maxBacktracks = " + maxBacktracks + ": must be at least 0");
    }
    this.constant = constant;
    this.factor = factor;
    this.maxBacktracks = maxBacktracks;
    this.shrinkBound = shrinkBound;
  }

  @Override
  public boolean usesLoss() {
    return true;
  }

  @Override
  public LineSearchResult search(
      StepFunction function, double loss, double slope, double firstStep, Evaluation first) {
    double step = firstStep;
    Evaluation trial = first;
    int backtracks = 0;
    boolean satisfied = accepts(trial, loss, slope, firstStep);
    while (!satisfied && backtracks < maxBacktracks) {
      step *= factor;
      backtracks++;
      trial = function.at(step);
      satisfied = accepts(trial, loss, slope, shrinkBound ? step : firstStep);
    }
    return new LineSearchResult(step, trial, backtracks, satisfied);
  }

  private boolean accepts(Evaluation trial, double loss, double slope, double step) {
    return Double.isFinite(trial.loss()) && trial.loss() <= loss + step * constant * slope;
  }
}
