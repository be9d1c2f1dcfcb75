package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every preconditioner promises: a symmetric positive definite M. */
public abstract class PreconditionerContract {

  private static final int N = 20;

  protected abstract Preconditioner create(Precision precision, int dimension);

  @ParameterizedTest
  @EnumSource
  void isSymmetricAndPositive(Precision precision) {
    Preconditioner preconditioner = create(precision, N);
    FlatVector u = LinearSolverContract.random(precision, N, 1);
    FlatVector v = LinearSolverContract.random(precision, N, 2);
    FlatVector mu = u.like();
    FlatVector mv = u.like();

    preconditioner.apply(u, mu);
    preconditioner.apply(v, mv);

    assertThat(mu.dot(v))
        .isCloseTo(mv.dot(u), within(100 * precision.epsilon() * mu.norm() * v.norm()));
    assertThat(mu.dot(u)).isPositive();
    assertThat(mv.dot(v)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void overwritesTheResultAndLeavesTheArgument(Precision precision) {
    Preconditioner preconditioner = create(precision, N);
    FlatVector r = LinearSolverContract.random(precision, N, 1);
    double[] before = r.toDoubleArray();
    FlatVector once = r.like();
    FlatVector again = LinearSolverContract.random(precision, N, 3);

    preconditioner.apply(r, once);
    preconditioner.apply(r, again);

    assertThat(again.toDoubleArray()).isEqualTo(once.toDoubleArray());
    assertThat(r.toDoubleArray()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void isTheIdentityExactlyIfItSaysSo(Precision precision) {
    Preconditioner preconditioner = create(precision, N);
    FlatVector r = LinearSolverContract.random(precision, N, 1);
    FlatVector y = r.like();

    preconditioner.apply(r, y);

    assertThat(Arrays.equals(y.toDoubleArray(), r.toDoubleArray()))
        .isEqualTo(preconditioner.isIdentity());
  }
}
