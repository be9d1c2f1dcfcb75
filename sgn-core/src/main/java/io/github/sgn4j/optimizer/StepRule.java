package io.github.sgn4j.optimizer;

/** What the first step size is taken from; the line search shortens it. */
public enum StepRule {
  /** The step size option. */
  FIXED,

  /** The minimiser of the undamped quadratic model along the direction. */
  QUADRATIC,

  /**
   * The minimiser of the damped quadratic model over the direction and the step before, which is
   * momentum (Martens and Grosse 2015, section 7).
   */
  QUADRATIC_MOMENTUM
}
