package io.github.sgn4j.linesearch;

import io.github.sgn4j.objective.Evaluation;

/** No search: the first step is taken. */
public final class FixedStep implements LineSearch {

  @Override
  public boolean usesLoss() {
    return false;
  }

  @Override
  public LineSearchResult search(
      StepFunction function, double loss, double slope, double firstStep, Evaluation first) {
    return new LineSearchResult(firstStep, first, 0, true);
  }
}
