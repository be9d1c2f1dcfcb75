package io.github.sgn4j.linesearch;

import io.github.sgn4j.objective.Evaluation;

/** Chooses the step size along a direction. */
public interface LineSearch {

  /** Whether the choice depends on the objective's values, so that the optimizer must get them. */
  boolean usesLoss();

  /**
   * The step size to take. A trial whose loss is non-finite counts as too high.
   *
   * @param function the objective along the direction
   * @param loss L(theta), finite
   * @param slope the directional derivative at step size 0, usually negative
   * @param firstStep the first step size tried, positive
   * @param first the objective at firstStep, already known
   */
  LineSearchResult search(
      StepFunction function, double loss, double slope, double firstStep, Evaluation first);
}
