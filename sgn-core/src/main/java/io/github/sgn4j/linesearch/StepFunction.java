package io.github.sgn4j.linesearch;

import io.github.sgn4j.objective.Evaluation;

/** The objective along a direction: a maps to L(theta + a d). */
@FunctionalInterface
public interface StepFunction {

  /** Evaluates the objective at that step size; the loss may be non-finite. */
  Evaluation at(double stepSize);
}
