package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import java.util.Map;

/** The diagonal D of the damping rho D: factors of groups of parameters times Marquardt's D. */
final class DampingScale {

  // In single precision, too, products of the two are positive and finite.
  private static final double LEAST = Float.MIN_NORMAL;
  private static final double LARGEST = Float.MAX_VALUE;

  private final FlatVector factors;
  private final FlatVector product;
  private FlatVector current;

  /**
   * D = I, or the factors alone.
   *
   * @param factors by name or pattern; of several for a parameter the last one counts
   * @throws IllegalArgumentException if nothing matches a pattern, or a factor is out of the
   *     precision's range
   */
  DampingScale(Map<String, Double> factors, Precision precision, ParameterSpace parameters) {
    this.factors = vector(factors, precision, parameters);
    product = FlatVector.zeros(precision, this.factors == null ? 0 : parameters.dimension());
    current = this.factors;
  }

  private static FlatVector vector(
      Map<String, Double> factors, Precision precision, ParameterSpace parameters) {
    if (factors.isEmpty()) {
      return null;
    }
    FlatVector vector = FlatVector.zeros(precision, parameters);
    vector.fill(1);
    factors.forEach(
        (pattern, factor) -> {
          if (!(factor >= LEAST && factor <= LARGEST)) {
            throw new IllegalArgumentException(
                "dampingFactor of '"
                    + pattern
                    + "' = "
                    + factor
                    + ": must be from "
                    + LEAST
                    + " to "
                    + LARGEST);
          }
          parameters.matching(pattern).forEach(p -> vector.view(p).fill(factor));
        });
    // Nothing changes, not even rounding, where all are 1.
    return isOne(vector) ? null : vector;
  }

  private static boolean isOne(FlatVector vector) {
    for (int i = 0; i < vector.length(); i++) {
      if (vector.get(i) != 1) {
        return false;
      }
    }
    return true;
  }

  /** Takes Marquardt's D of a step. */
  void set(FlatVector marquardt) {
    if (factors == null) {
      current = marquardt;
      return;
    }
    product.assign(marquardt);
    product.multiply(factors);
    for (int i = 0; i < product.length(); i++) {
      double value = product.get(i);
      if (!(value >= LEAST && value <= LARGEST)) {
        product.set(i, value < LEAST ? LEAST : LARGEST);
      }
    }
    current = product;
  }

  /** D, or null for I. Read only; changes with the next {@link #set}. */
  FlatVector diagonal() {
    return current;
  }
}
