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
            .cgMaxIterations(0)
            .cgMinIterations(0)
            .preconditionerSource(PreconditionerSource.KRONECKER)
            .preconditionerExponent(0.75)
            .preconditionerAverage(0.95)
            .preconditionerInterval(50)
            .averaging(8);
    builder.byLoss.addAll(EnumSet.allOf(ByLoss.class));
    return builder;
  }

  /** Sets what is still left to the loss. */
  static void settle(SgnOptionsBuilder builder, LossFamily family) {
    boolean crossEntropy = family == LossFamily.CROSS_ENTROPY;
    builder.classifies = crossEntropy;
    if (builder.byLoss.contains(ByLoss.WARM_START)) {
      builder.warmStart(crossEntropy ? 0.7 : 0.9);
    }
    if (builder.byLoss.contains(ByLoss.STEP_SCHEDULE)) {
      builder.stepSchedule(crossEntropy ? StepSchedule.linearLate(0.5, 0) : StepSchedule.CONSTANT);
    }
  }
}
