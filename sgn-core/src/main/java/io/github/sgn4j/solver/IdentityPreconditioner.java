package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;

/** M = I. */
enum IdentityPreconditioner implements Preconditioner {
  INSTANCE;

  @Override
  public void apply(FlatVector r, FlatVector y) {
    y.assign(r);
  }

  @Override
  public boolean isIdentity() {
    return true;
  }
}
