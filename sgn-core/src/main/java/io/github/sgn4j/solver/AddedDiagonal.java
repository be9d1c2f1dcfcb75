package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/** E = rho D + L, what a system adds to A^T A: its damping and the curvature's ridge. */
final class AddedDiagonal {

  private final Precision precision;
  private final int dimension;
  private double uniform;
  private boolean isUniform;
  private FlatVector diagonal;
  private FlatVector inverse;

  AddedDiagonal(Precision precision, int dimension) {
    this.precision = precision;
    this.dimension = dimension;
  }

  /**
   * Sets it.
   *
   * @param rho above 0
   * @param scaling D, null for I
   * @param ridge L, null for 0
   */
  void set(double rho, FlatVector scaling, FlatVector ridge) {
    isUniform = isUniform(scaling) && isUniform(ridge);
    if (isUniform) {
      uniform = rho * (scaling == null ? 1 : scaling.get(0)) + (ridge == null ? 0 : ridge.get(0));
      return;
    }
    if (diagonal == null) {
      diagonal = FlatVector.zeros(precision, dimension);
      inverse = diagonal.like();
    }
    diagonal.fill(rho);
    if (scaling != null) {
      diagonal.multiply(scaling);
    }
    if (ridge != null) {
      diagonal.axpy(1, ridge);
    }
    for (int i = 0; i < dimension; i++) {
      inverse.set(i, 1 / diagonal.get(i));
    }
  }

  /** Whether all elements are the same; null stands for such a diagonal. */
  static boolean isUniform(FlatVector diagonal) {
    if (diagonal == null) {
      return true;
    }
    double first = diagonal.get(0);
    for (int i = 1; i < diagonal.length(); i++) {
      if (diagonal.get(i) != first) {
        return false;
      }
    }
    return true;
  }

  /** Whether E is a multiple of I. */
  boolean isUniform() {
    return isUniform;
  }

  /** That multiple. */
  double uniform() {
    return uniform;
  }

  /** E^(-1/2), where E is no multiple of I. */
  double[] inverseRoots() {
    double[] roots = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      roots[i] = 1 / Math.sqrt(diagonal.get(i));
    }
    return roots;
  }

  /** v = E^-1 v; nothing where E is a multiple of I, which is taken care of in one go. */
  void divideUnlessUniform(FlatVector v) {
    if (!isUniform) {
      v.multiply(inverse);
    }
  }
}
