package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.optimizer.NonFiniteException.Where;

/**
 * Stochastic gradient descent with classical momentum: v = mu v + lr g, theta = theta - v (Polyak
 * 1964), and a learning-rate schedule.
 */
public final class SgdOptimizer extends FirstOrder {

  private final SgdOptions options;
  private final FlatVector velocity;
  private final FlatVector candidate;
  private final FlatVector moved;

  /** An optimizer that starts at the objective's initial parameters. */
  public SgdOptimizer(Objective objective, SgdOptions options) {
    super(objective);
    this.options = options;
    velocity =
        FlatVector.zeros(theta().precision(), options.momentum() == 0 ? 0 : theta().length());
    candidate = theta().like();
    moved = velocity.like();
  }

  @Override
  void update(FlatVector theta, FlatVector gradient, long t, StepReport.Builder report) {
    double rate = options.learningRateAt(t);
    report.learningRate = rate;
    report.stepSizeAsked = rate;
    report.stepSize = rate;
    if (options.momentum() == 0) {
      candidate.assign(theta);
      candidate.axpy(-rate, gradient);
      report.require(candidate.isFinite(), Where.DIRECTION);
      theta.assign(candidate);
      return;
    }
    candidate.assign(velocity);
    candidate.axpby(rate, gradient, options.momentum());
    moved.assign(theta);
    moved.axpy(-1, candidate);
    // A velocity that is not finite shows here as well.
    report.require(moved.isFinite(), Where.DIRECTION);
    velocity.assign(candidate);
    theta.assign(moved);
  }

  /** The options. */
  public SgdOptions options() {
    return options;
  }

  @Override
  public String name() {
    return "SGD";
  }

  @Override
  public OptimizerState state() {
    return OptimizerState.builder(stepCount(), theta()).optimizer(name()).memory(velocity).build();
  }

  @Override
  public void restore(OptimizerState state) {
    state.check(name(), theta(), velocity.length());
    restoreCommon(state);
    velocity.assign(state.memoryView());
  }
}
