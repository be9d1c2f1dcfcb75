package io.github.sgn4j.optimizer;

/**
 * What the step size is multiplied by as a training budget, of steps or of seconds, is used up. A
 * step that gets shorter towards the end averages the noise of mini-batches out, as averaging the
 * iterates does, but needs the budget to be known.
 *
 * @param start the used fraction of the budget from which on the factor falls, in [0, 1]
 * @param end the factor when the budget is used up, in [0, 1]
 */
public record StepSchedule(double start, double end) {

  /** Always 1. */
  public static final StepSchedule CONSTANT = new StepSchedule(1, 1);

  /** Checks the ranges. */
  public StepSchedule {
    Options.fraction("start", start);
    Options.fraction("end", end);
  }

  /**
   * 1 up to a fraction of the budget, then linearly down.
   *
   * @param start that fraction, in [0, 1]; 0.5 for the last half
   * @param end the factor at the end, in [0, 1]
   */
  public static StepSchedule linearLate(double start, double end) {
    return new StepSchedule(start, end);
  }

  /**
   * The factor, in [{@code end}, 1]; it never rises.
   *
   * @param progress the used fraction of the budget; below 0 it counts as 0, above 1 as 1
   * @throws IllegalArgumentException if the progress is NaN
   */
  public double factor(double progress) {
    if (Double.isNaN(progress)) {
      throw new IllegalArgumentException(
          "progress = NaN: must be a fraction of a budget; without a budget use CONSTANT");
    }
    if (progress >= 1) {
      return end;
    }
    if (progress <= start) {
      return 1;
    }
    double fallen = (progress - start) / (1 - start);
    return Math.max(end, 1 - fallen * (1 - end));
  }
}
