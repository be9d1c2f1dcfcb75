/**
 * Solvers of the damped Newton system (A + rho I) d = -b, and preconditioners for them. They know a
 * curvature operator and vectors, no network.
 */
package io.github.sgn4j.solver;
