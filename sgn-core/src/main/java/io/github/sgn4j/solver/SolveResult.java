package io.github.sgn4j.solver;

/**
 * How a solve ended.
 *
 * @param reason why it stopped
 * @param iterations completed iterations
 * @param products curvature products done
 * @param residual max|(A + rho I) d + b|, as the solver carries it; NaN when non-finite
 */
public record SolveResult(SolveReason reason, int iterations, int products, double residual) {}
