/**
 * Solvers of the damped Newton system (A + rho D) d = -b, iterative and direct, a cost model to
 * choose among them, and preconditioners. They know a curvature operator, perhaps its factor, and
 * vectors, no network.
 */
package io.github.sgn4j.solver;
