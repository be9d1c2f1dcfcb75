package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.DoubleVector;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.FloatVector;
import io.github.sgn4j.objective.Precision;

/**
 * The average of the iterates with polynomially decaying weights of the old ones (Shamir and Zhang
 * 2013, section 4), from the initial theta_0 on:
 *
 * <pre>
 * avg_0 = theta_0,  avg_t = avg_(t-1) + w_t (theta_t - avg_(t-1)),  w_t = (eta + 1) / (t + eta + 1)
 * </pre>
 *
 * <p>theta_i has a weight in proportion to (i + 1)(i + 2)...(i + eta) for a whole eta: eta = 0 is
 * the plain mean, eta = 8 forgets all but about the last tenth of the steps, without the number of
 * steps being known.
 *
 * <p>It is kept in double precision: at t = 100,000 and eta = 8 a step moves the average by 9e-5 of
 * its distance to theta, which in single precision is lost as soon as that distance is below 0.07 %
 * of the element.
 */
public final class IterateAverage {

  private final double eta;
  private final FlatVector average;
  private final double[] values;
  private long count;

  /**
   * The average before its first step.
   *
   * @param eta finite, 0 or more
   * @param theta theta_0; copied
   * @throws IllegalArgumentException if eta is out of range or theta is not finite
   */
  public IterateAverage(double eta, FlatVector theta) {
    Options.nonNegative("eta", eta);
    this.eta = eta;
    requireFinite(theta);
    DoubleVector storage = (DoubleVector) FlatVector.zeros(Precision.DOUBLE, theta.length());
    average = storage;
    values = storage.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = theta.get(i);
    }
  }

  /**
   * Takes the next iterate in.
   *
   * @param theta read only
   * @throws IllegalArgumentException if it has another length or is not finite; nothing has changed
   *     then
   */
  public void add(FlatVector theta) {
    requireLength(theta);
    requireFinite(theta);
    count++;
    double weight = (eta + 1) / (count + eta + 1);
    if (theta instanceof FloatVector vector) {
      float[] x = vector.array();
      int from = vector.arrayOffset();
      for (int i = 0; i < values.length; i++) {
        values[i] += weight * (x[from + i] - values[i]);
      }
    } else if (theta instanceof DoubleVector vector) {
      double[] x = vector.array();
      int from = vector.arrayOffset();
      for (int i = 0; i < values.length; i++) {
        values[i] += weight * (x[from + i] - values[i]);
      }
    }
  }

  /**
   * Gives the average.
   *
   * @param result of either precision, overwritten, rounded to its precision
   */
  public void copyTo(FlatVector result) {
    requireLength(result);
    for (int i = 0; i < values.length; i++) {
      result.set(i, values[i]);
    }
  }

  /** t, the iterates taken in after theta_0. */
  public long count() {
    return count;
  }

  /** The average in double precision; a copy. With {@link #count} it is all that is carried on. */
  public FlatVector memory() {
    return average.copy();
  }

  /**
   * Puts back what {@link #count} and {@link #memory} gave.
   *
   * @throws IllegalArgumentException if the count is negative, or the memory has another length, is
   *     not in double precision, or is not finite; nothing has changed then
   */
  public void restore(long count, FlatVector memory) {
    if (count < 0) {
      throw new IllegalArgumentException("count = " + count + ": must be at least 0");
    }
    requireLength(memory);
    requireFinite(memory);
    average.assign(memory);
    this.count = count;
  }

  private void requireLength(FlatVector theta) {
    if (theta.length() != values.length) {
      throw new IllegalArgumentException(
          "a vector of " + theta.length() + " does not go with an average of " + values.length);
    }
  }

  private static void requireFinite(FlatVector theta) {
    if (!theta.isFinite()) {
      throw new IllegalArgumentException(
          "theta has elements that are NaN or infinite; take in accepted steps only");
    }
  }
}
