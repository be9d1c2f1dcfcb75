package io.github.sgn4j.solver;

/**
 * How a solve ended.
 *
 * @param reason why it stopped
 * @param iterations completed iterations; 0 for a direct solve
 * @param products curvature products done; a direct solver counts what it takes to assemble its
 *     matrix layer by layer as one
 * @param residual max|(A + rho D) d + b|, as the solver carries it; NaN when non-finite
 * @param startUsed whether the solve began at the system's start; false if there was none, or if it
 *     was worse than 0
 */
public record SolveResult(
    SolveReason reason, int iterations, int products, double residual, boolean startUsed) {

  /** The result of a solve that began at 0. */
  public SolveResult(SolveReason reason, int iterations, int products, double residual) {
    this(reason, iterations, products, residual, false);
  }
}
