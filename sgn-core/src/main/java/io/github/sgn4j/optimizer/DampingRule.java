package io.github.sgn4j.optimizer;

/** How the damping rho comes about. */
public enum DampingRule {
  /** From the step number: {@link DampingSchedule}. */
  SCHEDULE,

  /** The gain ratio multiplies it (Nocedal and Wright, algorithm 4.1): the trust region. */
  GAIN_RATIO,

  /**
   * rho = kappa |m|, m the (averaged) gradient; the gain ratio multiplies kappa. The options {@link
   * SgnOptionsBuilder#damping}, {@link SgnOptionsBuilder#minDamping} and {@link
   * SgnOptionsBuilder#maxDamping} are kappa's.
   */
  GRADIENT_NORM,

  /** The gain ratio changes it smoothly (Nielsen 1999). */
  NIELSEN
}
