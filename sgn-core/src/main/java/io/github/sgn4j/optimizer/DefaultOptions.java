package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.LossFamily;
import io.github.sgn4j.optimizer.SgnOptionsBuilder.ByLoss;
import java.util.EnumSet;

/** The values behind {@link SgnOptions#defaults}; why they are these, docs/design-notes.md says. */
final class DefaultOptions {

  private static final int CURVATURE_SAMPLES = 250;

  private DefaultOptions() {}

  /** All that does not depend on the loss. */
  static SgnOptionsBuilder builder() {
    SgnOptionsBuilder builder =
        new SgnOptionsBuilder()
            .dampingRule(DampingRule.GRADIENT_NORM)
            .damping(0.1)
            .minDamping(1e-3)
            .maxDamping(1e4)
            .rejectionGrowth(4)
            .undampedGainRatio(true)
            .rejectIncrease(true)
            .armijoFollowsStep(true)
            .curvatureSamples(CURVATURE_SAMPLES)
            .cgTolerance(0)
            .preconditioner(true)
            .preconditionerExponent(0.75)
            .averaging(8);
    builder.byLoss.addAll(EnumSet.allOf(ByLoss.class));
    return builder;
  }

  /** Sets what is still left to the loss. */
  static void settle(SgnOptionsBuilder builder, LossFamily family) {
    boolean crossEntropy = family == LossFamily.CROSS_ENTROPY;
    int iterations = crossEntropy ? 5 : 0;
    if (builder.byLoss.contains(ByLoss.CG_ITERATIONS)) {
      builder.cgMaxIterations(iterations);
    }
    if (builder.byLoss.contains(ByLoss.FIRST_CG_ITERATIONS)) {
      builder.cgMinIterations(iterations);
    }
    if (builder.byLoss.contains(ByLoss.WARM_START)) {
      builder.warmStart(crossEntropy ? 0.7 : 0.9);
    }
    if (builder.byLoss.contains(ByLoss.STEP_SCHEDULE)) {
      builder.stepSchedule(crossEntropy ? StepSchedule.linearLate(0.5, 0) : StepSchedule.CONSTANT);
    }
    if (builder.byLoss.contains(ByLoss.PRECONDITIONER)) {
      builder.preconditionerSource(
          crossEntropy
              ? PreconditionerSource.HUTCHINSON
              : PreconditionerSource.GGN_DIAGONAL_IF_LAYERED);
    }
    if (builder.byLoss.contains(ByLoss.PRECONDITIONER_AVERAGE)) {
      builder.preconditionerAverage(crossEntropy ? 0.9 : 0);
    }
  }
}
