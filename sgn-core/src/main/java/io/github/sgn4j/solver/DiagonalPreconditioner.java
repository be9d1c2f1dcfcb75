package io.github.sgn4j.solver;

import io.github.sgn4j.objective.DoubleVector;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.FloatVector;
import io.github.sgn4j.objective.Precision;

/**
 * A diagonal preconditioner M = (s + rho D)^(-exponent), elementwise, D = I but for scaled damping.
 * s is an estimate of the curvature's diagonal: the squared (averaged) gradient m*m ({@link
 * #update}; Martens 2010, section 4.7; the reference implementation's CG_PREC and ALPHA_EXP) or any
 * other, such as the Gauss-Newton matrix's diagonal, exact or estimated, or the empirical Fisher
 * matrix's ({@link #updateDiagonal}).
 *
 * <p>With a decay, s is the exponential moving average of what the updates gave, corrected for its
 * start at 0 as in Adam: v = decay v + (1 - decay) s_t, s = v / (1 - decay^t).
 *
 * <p>Where rho and an element of s are both 0, M is infinite for a positive exponent.
 */
public final class DiagonalPreconditioner implements Preconditioner {

  private final double exponent;
  private final double decay;
  private final FlatVector diagonal;
  private final FlatVector memory;
  private long count;

  /**
   * Without a moving average; M = I until the first update.
   *
   * @param exponent in [0, 1]
   */
  public DiagonalPreconditioner(Precision precision, int dimension, double exponent) {
    this(precision, dimension, exponent, 0);
  }

  /**
   * With a moving average; M = I until the first update.
   *
   * @param exponent in [0, 1]
   * @param decay in [0, 1); 0 for no average
   */
  public DiagonalPreconditioner(Precision precision, int dimension, double exponent, double decay) {
    if (!(exponent >= 0 && exponent <= 1)) {
      throw new IllegalArgumentException("exponent = " + exponent + ": must be in [0, 1]");
    }
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay = " + decay + ": must be in [0, 1)");
    }
    this.exponent = exponent;
    this.decay = decay;
    diagonal = FlatVector.zeros(precision, dimension);
    diagonal.fill(1);
    memory = FlatVector.zeros(precision, decay == 0 ? 0 : dimension);
  }

  /**
   * Sets M for this gradient and damping: s_t = m*m.
   *
   * @param m the (averaged) gradient; read only
   * @param damping rho, 0 or more
   * @throws IllegalArgumentException if m is of another precision or dimension
   */
  public void update(FlatVector m, double damping) {
    update(m, damping, null);
  }

  /**
   * Sets M for this gradient and damping: s_t = m*m.
   *
   * @param m the (averaged) gradient; read only
   * @param damping rho, 0 or more
   * @param scaling the diagonal of D, no element negative; read only; null for I
   * @throws IllegalArgumentException if a vector is of another precision or dimension
   */
  public void update(FlatVector m, double damping, FlatVector scaling) {
    diagonal.assign(m);
    if (decay > 0) {
      diagonal.multiply(m);
      average();
      invert(damping, scaling, false);
    } else {
      // The square stays in double: it may be too small for single precision.
      invert(damping, scaling, true);
    }
  }

  /**
   * Sets M for this estimate of the curvature's diagonal and this damping. An estimate that is not
   * finite makes M so, which a solver reports; the moving average is left alone then.
   *
   * @param estimate s_t, no element negative; read only
   * @param damping rho, 0 or more
   * @throws IllegalArgumentException if the estimate is of another precision or dimension, or an
   *     element is negative
   */
  public void updateDiagonal(FlatVector estimate, double damping) {
    updateDiagonal(estimate, damping, null);
  }

  /**
   * Sets M for this estimate of the curvature's diagonal and this damping, as the method of two
   * arguments does.
   *
   * @param scaling the diagonal of D, no element negative; read only; null for I
   */
  public void updateDiagonal(FlatVector estimate, double damping, FlatVector scaling) {
    for (int i = 0; i < estimate.length(); i++) {
      if (estimate.get(i) < 0) {
        throw new IllegalArgumentException(
            "diagonal element "
                + i
                + " = "
                + estimate.get(i)
                + ": must be 0 or more; take absolute values");
      }
    }
    diagonal.assign(estimate);
    if (decay > 0) {
      average();
    }
    invert(damping, scaling, false);
  }

  /** Takes the diagonal into the moving average and sets it to that. */
  private void average() {
    if (!diagonal.isFinite()) {
      diagonal.fill(Double.NaN);
      return;
    }
    memory.axpby(1 - decay, diagonal, decay);
    count++;
    diagonal.assign(memory);
    diagonal.scale(1 / (1 - Math.pow(decay, (double) count)));
  }

  private void invert(double damping, FlatVector scaling, boolean square) {
    if (scaling != null && scaling.length() != diagonal.length()) {
      throw new IllegalArgumentException(
          "a scaling of "
              + scaling.length()
              + " elements does not go with a preconditioner for "
              + diagonal.length());
    }
    if (diagonal instanceof FloatVector vector) {
      float[] values = vector.array();
      for (int i = 0; i < values.length; i++) {
        double s = square ? (double) values[i] * values[i] : values[i];
        values[i] =
            (float) inversePower(s + (scaling == null ? damping : damping * scaling.get(i)));
      }
    } else if (diagonal instanceof DoubleVector vector) {
      double[] values = vector.array();
      for (int i = 0; i < values.length; i++) {
        double s = square ? values[i] * values[i] : values[i];
        values[i] = inversePower(s + (scaling == null ? damping : damping * scaling.get(i)));
      }
    }
  }

  @Override
  public void apply(FlatVector r, FlatVector y) {
    y.assign(r);
    y.multiply(diagonal);
  }

  /** The moving average v, not corrected: the preconditioner's own; empty without a decay. */
  public FlatVector memory() {
    return memory;
  }

  /** Updates in the moving average; always 0 without a decay. */
  public long count() {
    return count;
  }

  /**
   * Takes up a moving average that was read from {@link #memory} and {@link #count}. M itself
   * follows at the next update.
   *
   * @param memoryThen copied
   * @param countThen 0 or more
   * @throws IllegalArgumentException if the memory is of another precision or length, or the count
   *     is negative or does not go with the decay
   */
  public void restore(FlatVector memoryThen, long countThen) {
    if (countThen < 0 || (decay == 0 && countThen > 0)) {
      throw new IllegalArgumentException(
          "count = " + countThen + ": must be " + (decay == 0 ? "0 without a decay" : "0 or more"));
    }
    memory.assign(memoryThen);
    count = countThen;
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
