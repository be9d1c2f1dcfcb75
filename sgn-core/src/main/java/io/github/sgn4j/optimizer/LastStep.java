package io.github.sgn4j.optimizer;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/**
 * The last applied step, for warm starts and momentum; keeps nothing where neither is asked for.
 */
final class LastStep {

  private static final String NAME = "last step";

  private final double decay;
  private final FlatVector step;
  private final FlatVector start;
  private final FlatVector product;
  private boolean present;

  LastStep(SgnOptions options, Precision precision, int dimension) {
    boolean momentum = options.stepRule() == StepRule.QUADRATIC_MOMENTUM;
    decay = options.warmStart();
    step = FlatVector.zeros(precision, momentum || decay > 0 ? dimension : 0);
    start = FlatVector.zeros(precision, decay > 0 ? dimension : 0);
    product = FlatVector.zeros(precision, momentum ? dimension : 0);
  }

  /** The step, or null if there was none or nobody asks for it. */
  FlatVector last() {
    return present ? step : null;
  }

  /** What a solve starts from, or null for zero. */
  FlatVector start() {
    if (!present || decay == 0) {
      return null;
    }
    start.assign(step);
    start.scale(decay);
    return start;
  }

  /** C s for the step s: a vector of its own. */
  FlatVector product(CurvatureOperator curvature) {
    curvature.apply(step, product);
    return product;
  }

  /** The step is that size along d. A size of 0 leaves the step before in place. */
  void set(FlatVector direction, double size) {
    if (step.length() == 0 || size == 0) {
      return;
    }
    step.assign(direction);
    step.scale(size);
    present = true;
  }

  void save(OptimizerState.Builder state) {
    if (present) {
      state.vector(NAME, step);
    }
  }

  void check(String optimizer, OptimizerState state) {
    state.check(optimizer, NAME, step);
  }

  void restore(OptimizerState state) {
    FlatVector saved = state.vectorView(NAME);
    present = saved != null;
    if (present) {
      step.assign(saved);
    }
  }
}
