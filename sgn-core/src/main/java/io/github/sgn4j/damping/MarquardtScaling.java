package io.github.sgn4j.damping;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/**
 * The diagonal D of Marquardt's damping, (G + rho D) d = -m: the curvature's own diagonal, so that
 * the step does not depend on the units of the parameters (Marquardt 1963; More 1978).
 *
 * <pre>
 * h = the running maximum, or a moving average, of diag(G) over the steps
 * D = max(h, epsilon max(h)), elementwise
 * </pre>
 *
 * <p>With the running maximum D never decreases, which More's convergence proof needs (his D is the
 * root of ours); on mini-batches it keeps the largest value that any batch ever gave. The moving
 * average, h = decay h + (1 - decay) diag(G) from the first diagonal on, forgets. The floor keeps D
 * positive where a parameter has no curvature: units that are dead, inputs that are always 0.
 *
 * <p>What rho means changes with D: it has no unit then, and 1e-3 is a small and 1 a large one.
 */
public final class MarquardtScaling {

  // Positive in single precision, too.
  private static final double LEAST = Float.MIN_NORMAL;

  private final double epsilon;
  private final boolean maximum;
  private final double decay;
  private final FlatVector history;
  private final FlatVector scaling;

  private MarquardtScaling(
      Precision precision, int dimension, double epsilon, boolean maximum, double decay) {
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException(
          "epsilon = " + epsilon + ": must be above 0 and at most 1");
    }
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay = " + decay + ": must be at least 0 and below 1");
    }
    this.epsilon = epsilon;
    this.maximum = maximum;
    this.decay = decay;
    history = FlatVector.zeros(precision, dimension);
    scaling = history.like();
    scaling.fill(1);
  }

  /**
   * D from the largest diagonal elements so far; D = I before the first.
   *
   * @param epsilon the least element relative to the largest, above 0, at most 1; 1e-6, say
   */
  public static MarquardtScaling runningMaximum(
      Precision precision, int dimension, double epsilon) {
    return new MarquardtScaling(precision, dimension, epsilon, true, 0);
  }

  /**
   * D from a moving average of the diagonals; D = I before the first.
   *
   * @param epsilon as above
   * @param decay weight of the past, at least 0 and below 1; 0 takes each step's diagonal alone
   */
  public static MarquardtScaling movingAverage(
      Precision precision, int dimension, double epsilon, double decay) {
    return new MarquardtScaling(precision, dimension, epsilon, false, decay);
  }

  /**
   * Takes that diagonal of the curvature in. While all that came in are zero, D = I.
   *
   * @param diagonal read only
   * @throws IllegalArgumentException if it is of another precision or dimension, or has an element
   *     that is negative, NaN or infinite; D has not changed then
   */
  public void update(FlatVector diagonal) {
    check(diagonal);
    if (maximum) {
      for (int i = 0; i < history.length(); i++) {
        history.set(i, Math.max(history.get(i), diagonal.get(i)));
      }
    } else if (history.maxAbs() == 0) {
      history.assign(diagonal);
    } else {
      history.axpby(1 - decay, diagonal, decay);
    }
    rescale();
  }

  private void check(FlatVector diagonal) {
    if (diagonal.precision() != history.precision() || diagonal.length() != history.length()) {
      throw new IllegalArgumentException(
          String.format(
              "a diagonal of %d %s does not go with a scaling of %d %s",
              diagonal.length(), diagonal.precision(), history.length(), history.precision()));
    }
    for (int i = 0; i < diagonal.length(); i++) {
      double element = diagonal.get(i);
      if (!(element >= 0 && element < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "element "
                + i
                + " of the diagonal is "
                + element
                + ": must be finite and at least 0; take that of a positive semidefinite matrix");
      }
    }
  }

  private void rescale() {
    double largest = history.maxAbs();
    if (largest == 0) {
      scaling.fill(1);
      return;
    }
    double floor = Math.max(epsilon * largest, LEAST);
    for (int i = 0; i < history.length(); i++) {
      scaling.set(i, Math.max(history.get(i), floor));
    }
  }

  /**
   * D, for a linear system's scaling: this object's own vector, read only, all elements positive;
   * it changes with the next {@link #update}.
   */
  public FlatVector scaling() {
    return scaling;
  }

  /** What is carried between steps, h; a copy. */
  public FlatVector memory() {
    return history.copy();
  }

  /**
   * Puts back what {@link #memory} gave.
   *
   * @throws IllegalArgumentException as for {@link #update}; nothing has changed then
   */
  public void restore(FlatVector memory) {
    check(memory);
    history.assign(memory);
    rescale();
  }
}
