package io.github.sgn4j.solver;

import io.github.sgn4j.objective.DoubleVector;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.FloatVector;
import io.github.sgn4j.objective.Precision;

/**
 * The empirical-Fisher diagonal M = (m*m + rho)^(-exponent), elementwise, with m the (averaged)
 * gradient (Martens 2010, section 4.7; the reference implementation's CG_PREC and ALPHA_EXP).
 *
 * <p>Where rho and an element of m are both 0, M is infinite for a positive exponent.
 */
public final class DiagonalPreconditioner implements Preconditioner {

  private final double exponent;
  private final FlatVector diagonal;

  /**
   * M = I until the first {@link #update}.
   *
   * @param exponent in [0, 1]
   */
  public DiagonalPreconditioner(Precision precision, int dimension, double exponent) {
    if (!(exponent >= 0 && exponent <= 1)) {
      throw new IllegalArgumentException("exponent = " + exponent + ": must be in [0, 1]");
    }
    this.exponent = exponent;
    diagonal = FlatVector.zeros(precision, dimension);
    diagonal.fill(1);
  }

  /**
   * Sets M for this gradient and damping.
   *
   * @param m the (averaged) gradient; read only
   * @param damping rho, 0 or more
   * @throws IllegalArgumentException if m is of another precision or dimension
   */
  public void update(FlatVector m, double damping) {
    diagonal.assign(m);
    if (diagonal instanceof FloatVector vector) {
      float[] values = vector.array();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) inversePower((double) values[i] * values[i] + damping);
      }
    } else if (diagonal instanceof DoubleVector vector) {
      double[] values = vector.array();
      for (int i = 0; i < values.length; i++) {
        values[i] = inversePower(values[i] * values[i] + damping);
      }
    }
  }

  @Override
  public void apply(FlatVector r, FlatVector y) {
    y.assign(r);
    y.multiply(diagonal);
  }

  // Math.pow costs as much as ten square roots, once per parameter and step.
  private double inversePower(double x) {
    if (exponent == 1) {
      return 1 / x;
    }
    if (exponent == 0.75) {
      double root = Math.sqrt(x);
      return 1 / (root * Math.sqrt(root));
    }
    if (exponent == 0.5) {
      return 1 / Math.sqrt(x);
    }
    return Math.pow(x, -exponent);
  }
}
