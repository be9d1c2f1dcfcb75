package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.optimizer.NonFiniteException.Where;

/** What optimizers share that use one gradient a step and nothing else of the objective. */
abstract class FirstOrder implements Optimizer {

  private final Objective objective;
  private final FlatVector theta;
  private final FlatVector gradient;
  private long stepCount;

  FirstOrder(Objective objective) {
    this.objective = objective;
    theta = objective.initialParameters().copy();
    gradient = theta.like();
  }

  /**
   * Changes theta by the update that this gradient gives, or fails with everything as before.
   *
   * @param t the step, counted from 1
   */
  abstract void update(FlatVector theta, FlatVector gradient, long t, StepReport.Builder report);

  @Override
  public final StepReport step(Batch batch) {
    StepReport.Builder report = new StepReport.Builder(name(), stepCount + 1);
    try (Linearization linearization = objective.linearize(theta, batch)) {
      Evaluation before = linearization.evaluation();
      report.lossBefore = before.loss();
      report.metric = before.metric();
      report.require(Double.isFinite(before.loss()), Where.LOSS);
      report.linearizeSeconds = report.lap();
      linearization.gradient(gradient);
      report.gradientNorm = gradient.norm();
      report.require(Double.isFinite(report.gradientNorm), Where.GRADIENT);
      report.gradientSeconds = report.lap();
    }
    update(theta, gradient, report.step, report);
    stepCount++;
    return report.build();
  }

  @Override
  public final FlatVector theta() {
    return theta;
  }

  /**
   * The last step's batch gradient: the optimizer's own vector, to be read before the next step.
   */
  public final FlatVector gradient() {
    return gradient;
  }

  @Override
  public final Objective objective() {
    return objective;
  }

  @Override
  public final long stepCount() {
    return stepCount;
  }

  final void restoreCommon(OptimizerState state) {
    theta.assign(state.thetaView());
    stepCount = state.stepCount();
  }
}
