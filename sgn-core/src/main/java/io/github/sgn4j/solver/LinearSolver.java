package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;

/**
 * Solves (A + rho D) d = -b for a symmetric A, roughly or well.
 *
 * <p>An instance owns its scratch vectors, is made for one precision and dimension, and serves one
 * thread at a time.
 */
public interface LinearSolver {

  /**
   * One solve. A zero b is converged with d = 0 and no product done.
   *
   * @param system what is solved
   * @param limits when to stop; direct solvers ignore them
   * @param direction d, overwritten; without meaning when the result says {@link
   *     SolveReason#NON_FINITE}
   * @throws IllegalArgumentException if precisions or dimensions differ
   */
  SolveResult solve(LinearSystem system, SolveLimits limits, FlatVector direction);

  /**
   * The residual (A + rho D) d + b of the last solve: the solver's own vector, read only, valid
   * until the next solve.
   */
  FlatVector residual();
}
