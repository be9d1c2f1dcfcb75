package io.github.sgn4j.solver;

import io.github.sgn4j.objective.Precision;

class IdentityPreconditionerTest extends PreconditionerContract {

  @Override
  protected Preconditioner create(Precision precision, int dimension) {
    return Preconditioner.identity();
  }
}
