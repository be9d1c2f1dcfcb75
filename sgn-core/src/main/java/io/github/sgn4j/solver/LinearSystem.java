package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import java.util.Objects;

/**
 * The system (A + rho D) d = -b, and what helps to solve it.
 *
 * @param curvature A, symmetric
 * @param damping rho, 0 or more
 * @param scaling the diagonal of D, all elements positive (Marquardt's damping); null for D = I
 *     (Levenberg's)
 * @param b the (averaged) gradient; read only
 * @param preconditioner an approximation of the damped matrix's inverse; solvers that need none
 *     ignore it
 * @param start where an iterative solve starts; read only; null for 0
 */
public record LinearSystem(
    CurvatureOperator curvature,
    double damping,
    FlatVector scaling,
    FlatVector b,
    Preconditioner preconditioner,
    FlatVector start) {

  /** Checks what can be checked without looking at numbers. */
  public LinearSystem {
    Objects.requireNonNull(curvature, "curvature");
    Objects.requireNonNull(b, "b");
    Objects.requireNonNull(preconditioner, "preconditioner");
    if (!(damping >= 0)) {
      throw new IllegalArgumentException("damping = " + damping + ": must be at least 0");
    }
  }

  /** (A + rho I) d = -b, from d = 0 and without preconditioner. */
  public static LinearSystem of(CurvatureOperator curvature, double damping, FlatVector b) {
    return new LinearSystem(curvature, damping, null, b, Preconditioner.identity(), null);
  }

  /** This system with that preconditioner. */
  public LinearSystem withPreconditioner(Preconditioner value) {
    return new LinearSystem(curvature, damping, scaling, b, value, start);
  }

  /** This system with that start; null for 0. */
  public LinearSystem withStart(FlatVector value) {
    return new LinearSystem(curvature, damping, scaling, b, preconditioner, value);
  }

  /** This system with the damping rho D; null for D = I. */
  public LinearSystem withScaling(FlatVector value) {
    return new LinearSystem(curvature, damping, value, b, preconditioner, start);
  }
}
