package io.github.sgn4j.optimizer;

import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.solver.SolveReason;

/**
 * What one step did. Numbers that do not apply to an optimizer, or were not computed, are NaN, or 0
 * for counts.
 *
 * @param step counted from 1
 * @param lossBefore mean loss over the batch at the old theta, penalties such as weight decay's
 *     included
 * @param lossAfter mean loss over the same batch at the new theta; NaN if it was not evaluated
 * @param metric the objective's metric on the same batch: after the update where it was evaluated
 *     there, else before
 * @param gradientNorm Euclidean norm of the batch's gradient, not averaged
 * @param dampingAsked what the damping policy asked for
 * @param dampingUsed what the solve added: the same, rounded to the parameters' precision
 * @param dampingNext what the policy carries to the next step; a schedule's initial damping stays
 * @param gainRatio actual over predicted change of the loss for the full step
 * @param curvatureSamples samples that the curvature was taken from
 * @param cgLimit iterations the solver was allowed
 * @param cgIterations iterations it did
 * @param reason why it stopped; null for optimizers without a solver
 * @param startUsed whether the solve began at the step before (a warm start)
 * @param residual the largest absolute value of its residual
 * @param slope directional derivative (averaged gradient).d that the line search used
 * @param stepSizeAsked the first step size
 * @param stepSize the one used, 0 if the step was rejected
 * @param momentum share of the step before in the direction, before its scaling by the step size
 * @param learningRate of first-order optimizers
 * @param fullStepLoss the loss at the first step size
 * @param backtracks how often the line search shortened the step
 * @param lineSearchSatisfied false if the line search ran out before its condition held
 * @param accepted false if the step was taken back since it raised the loss
 * @param evaluations forward passes without derivatives
 * @param gradients gradients, each with its own forward pass
 * @param products Gauss-Newton products
 * @param seconds time by phase
 */
public record StepReport(
    long step,
    double lossBefore,
    double lossAfter,
    double metric,
    double gradientNorm,
    double dampingAsked,
    double dampingUsed,
    double dampingNext,
    double gainRatio,
    int curvatureSamples,
    int cgLimit,
    int cgIterations,
    SolveReason reason,
    boolean startUsed,
    double residual,
    double slope,
    double stepSizeAsked,
    double stepSize,
    double momentum,
    double learningRate,
    double fullStepLoss,
    int backtracks,
    boolean lineSearchSatisfied,
    boolean accepted,
    int evaluations,
    int gradients,
    int products,
    Seconds seconds) {

  /**
   * Seconds by phase.
   *
   * @param linearize forward pass and what all derivatives share
   * @param gradient the gradient, its checks and its average
   * @param solve the direction
   * @param search evaluations after the step
   * @param total the whole step
   */
  public record Seconds(
      double linearize, double gradient, double solve, double search, double total) {}

  /** Collects a report; everything starts as not applicable. */
  static final class Builder {
    final long step;
    double lossBefore = Double.NaN;
    double lossAfter = Double.NaN;
    double metric = Double.NaN;
    double gradientNorm = Double.NaN;
    double dampingAsked = Double.NaN;
    double dampingUsed = Double.NaN;
    double dampingNext = Double.NaN;
    double gainRatio = Double.NaN;
    int curvatureSamples;
    int cgLimit;
    int cgIterations;
    SolveReason reason;
    boolean startUsed;
    double residual = Double.NaN;
    double slope = Double.NaN;
    double stepSizeAsked = Double.NaN;
    double stepSize = Double.NaN;
    double momentum;
    double learningRate = Double.NaN;
    double fullStepLoss = Double.NaN;
    int backtracks;
    boolean lineSearchSatisfied = true;
    boolean accepted = true;
    int evaluations;
    int gradients = 1;
    int products;

    double linearizeSeconds;
    double gradientSeconds;
    double solveSeconds;
    double searchSeconds;

    private final String optimizer;
    private final long start = System.nanoTime();
    private long last = start;

    Builder(String optimizer, long step) {
      this.optimizer = optimizer;
      this.step = step;
    }

    /** Fails the step unless that holds. */
    void require(boolean valid, Where where) {
      if (!valid) {
        throw failure(where);
      }
    }

    /** What a failed step throws. */
    NonFiniteException failure(Where where) {
      return new NonFiniteException(optimizer, step, where);
    }

    /** Seconds since the last call, or since the start. */
    double lap() {
      long now = System.nanoTime();
      double elapsed = seconds(now - last);
      last = now;
      return elapsed;
    }

    StepReport build() {
      return new StepReport(
          step,
          lossBefore,
          lossAfter,
          metric,
          gradientNorm,
          dampingAsked,
          dampingUsed,
          dampingNext,
          gainRatio,
          curvatureSamples,
          cgLimit,
          cgIterations,
          reason,
          startUsed,
          residual,
          slope,
          stepSizeAsked,
          stepSize,
          momentum,
          learningRate,
          fullStepLoss,
          backtracks,
          lineSearchSatisfied,
          accepted,
          evaluations,
          gradients,
          products,
          new Seconds(
              linearizeSeconds,
              gradientSeconds,
              solveSeconds,
              searchSeconds,
              seconds(System.nanoTime() - start)));
    }

    private static double seconds(long nanos) {
      return nanos * 1e-9;
    }
  }
}
