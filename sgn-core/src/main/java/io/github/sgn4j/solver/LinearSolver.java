package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;
import java.util.List;

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
   * @param direction d, overwritten; may be the system's start; without meaning when the result
   *     says {@link SolveReason#NON_FINITE}
   * @throws IllegalArgumentException if precisions or dimensions differ, if the scaling holds
   *     numbers that are not positive or the start numbers that are not finite, or if the solver
   *     cannot solve systems of this kind
   */
  SolveResult solve(LinearSystem system, SolveLimits limits, FlatVector direction);

  /**
   * The residual (A + rho D) d + b of the last solve: the solver's own vector, read only, valid
   * until the next solve.
   */
  FlatVector residual();

  /**
   * Copies of the last solve's directions after iterations ceil(1.3^j), earliest first, without the
   * final one (Martens 2010, section 4.6): the solver's own vectors, valid until the next solve.
   * Empty unless {@link SolveLimits#keepIterates} asked for them.
   */
  default List<FlatVector> iterates() {
    return List.of();
  }

  /**
   * The last solve's course, valid until the next solve. Empty unless {@link
   * SolveLimits#keepHistory} asked for it.
   */
  default SolveHistory history() {
    return SolveHistory.empty();
  }
}
