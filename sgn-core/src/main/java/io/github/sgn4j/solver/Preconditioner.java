package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;

/** A symmetric positive definite M that resembles the inverse of the damped curvature matrix. */
public interface Preconditioner {

  /**
   * y = M r.
   *
   * @param r read only
   * @param y overwritten; must not share storage with r
   */
  void apply(FlatVector r, FlatVector y);

  /** Whether M = I; a solver then works on r itself and never calls {@link #apply}. */
  default boolean isIdentity() {
    return false;
  }

  /** M = I. */
  static Preconditioner identity() {
    return IdentityPreconditioner.INSTANCE;
  }
}
