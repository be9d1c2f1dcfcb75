package io.github.sgn4j.optimizer;

/** What the diagonal preconditioner (D + rho)^-exponent takes for D. */
public enum PreconditionerSource {
  /** The (averaged) gradient, squared elementwise: the reference's choice. */
  SQUARED_GRADIENT,

  /** The diagonal of the empirical Fisher matrix; of layered models only. */
  EMPIRICAL_FISHER,

  /** The Gauss-Newton matrix's own diagonal; of layered models only. */
  GGN_DIAGONAL,

  /** An unbiased estimate of the Gauss-Newton matrix's diagonal by random signs, for any model. */
  HUTCHINSON,

  /** GGN_DIAGONAL where the model is layered, else none. */
  GGN_DIAGONAL_IF_LAYERED
}
