package io.github.sgn4j.optimizer;

/** What solves the damped system of a step. */
public enum SolverKind {
  /** Truncated conjugate gradients. */
  CG,

  /** Exactly, in the space of the curvature batch's outputs. */
  ROW_SPACE,

  /** Exactly, with the matrix formed. */
  DENSE,

  /** Whichever is estimated to be cheapest; see {@link io.github.sgn4j.solver.SolverChoice}. */
  AUTOMATIC
}
