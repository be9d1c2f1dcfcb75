/**
 * Optimizers: one mini-batch step each, composed of curvature, solver, damping and line search.
 * {@link io.github.sgn4j.optimizer.SgnOptimizer} is the stochastic generalized Gauss-Newton method.
 */
package io.github.sgn4j.optimizer;
