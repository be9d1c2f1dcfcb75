package io.github.sgn4j.training;

import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;

/** Judges parameters, on held-out data for instance. */
@FunctionalInterface
public interface ModelEvaluation {

  /**
   * Loss and metric at theta.
   *
   * @param theta read only
   */
  Evaluation evaluate(FlatVector theta);
}
