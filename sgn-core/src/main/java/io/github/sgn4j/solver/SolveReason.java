package io.github.sgn4j.solver;

/** Why a linear solver stopped. */
public enum SolveReason {
  /** The residual is at or below the tolerance, or the right-hand side is zero. */
  CONVERGED("the residual reached the tolerance; nothing to do"),

  /** The residual's norm is at or below the asked-for fraction of the right-hand side's. */
  RELATIVE_RESIDUAL("the residual fell to the asked-for fraction of the gradient; nothing to do"),

  /** The model's value hardly fell over the last iterations (Martens 2010, section 4.4). */
  PROGRESS(
      "the model hardly improved over the last iterations; nothing to do, or lower the progress"
          + " asked for"),

  /** A direct solver solved the system up to rounding. */
  EXACT("the system was solved directly; nothing to do"),

  /** The iterations are used up: the usual ending of a truncated solve. */
  LIMIT(
      "the iteration limit came before the tolerance; usual when training, otherwise raise the"
          + " limit or the tolerance"),

  /**
   * A direct solver met a matrix that is not positive definite in its arithmetic. The direction is
   * the Cauchy point, the model's minimum along the steepest descent.
   */
  SINGULAR(
      "the damped matrix is not positive definite up to rounding, so steepest descent was taken;"
          + " raise the damping or compute in double precision"),

  /**
   * A direction p with p.(A + rho D)p &lt;= 0 turned up. The direction found so far is kept (the
   * start, too, if there was one), or the preconditioned steepest descent if it was the first
   * (Nocedal and Wright, algorithm 7.1).
   */
  NON_POSITIVE_CURVATURE(
      "the damped curvature is not positive definite along a search direction; raise the damping,"
          + " compute in double precision, or use a loss that is convex in the output"),

  /** A product, the preconditioner or an update gave NaN or infinity; the direction is unusable. */
  NON_FINITE(
      "a number became NaN or infinite; raise the damping, lower the step size, check the data's"
          + " scale, or compute in double precision");

  private final String advice;

  SolveReason(String advice) {
    this.advice = advice;
  }

  /** What happened and what to do about it, one sentence. */
  public String advice() {
    return advice;
  }
}
