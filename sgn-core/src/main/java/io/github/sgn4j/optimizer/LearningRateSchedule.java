package io.github.sgn4j.optimizer;

/**
 * How SGD's learning rate goes (the reference's SCHEDULER). Below, lr0 is the initial and lrK the
 * final rate, K the last step of the schedule, t the step from 1.
 */
public enum LearningRateSchedule {
  /** lr0 always (const). */
  CONSTANT,
  /** lr0 + (lrK - lr0) / (K - 1) * (t - 1), at least lrK (linear). */
  LINEAR,
  /** lr0 cos(pi/2 t/K), at least lrK, and lrK after step K (cos). */
  COSINE,
  /**
   * lr0 for the first n steps, then lr0 / floor((t - 1) / n) * reduction, at least lrK, with n the
   * step length (step).
   */
  STEP
}
