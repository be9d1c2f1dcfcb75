package io.github.sgn4j.optimizer;

/** What the preconditioner is made of: but for KRONECKER, D of the diagonal (D + rho)^-exponent. */
public enum PreconditionerSource {
  /** The (averaged) gradient, squared elementwise: the reference's choice. */
  SQUARED_GRADIENT,

  /** The diagonal of the empirical Fisher matrix; of layered models only. */
  EMPIRICAL_FISHER,

  /** The Gauss-Newton matrix's own diagonal; of layered models only. */
  GGN_DIAGONAL,

  /** An unbiased estimate of the Gauss-Newton matrix's diagonal by random signs, for any model. */
  HUTCHINSON,

  /**
   * A Kronecker product for each parameter, made of random probes of the Gauss-Newton matrix, for
   * any model; without an exponent. HUTCHINSON where the loss has no closed form, and on other
   * backends than the host's.
   */
  KRONECKER,

  /** GGN_DIAGONAL where the model is layered, else none. */
  GGN_DIAGONAL_IF_LAYERED
}
