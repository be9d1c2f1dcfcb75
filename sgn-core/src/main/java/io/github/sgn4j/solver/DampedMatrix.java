package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;

/** B = A + rho D of the system being solved, and how many products with it were done. */
final class DampedMatrix {

  private CurvatureOperator curvature;
  private double damping;
  private FlatVector scaling;
  private FlatVector scaled;
  private int products;

  /**
   * Takes over a system.
   *
   * @throws IllegalArgumentException if A or D does not go with that many unknowns, or an element
   *     of D is not positive
   */
  void set(LinearSystem system, int dimension) {
    if (system.curvature().dimension() != dimension) {
      throw new IllegalArgumentException(
          "a curvature of dimension "
              + system.curvature().dimension()
              + " does not go with a solver for "
              + dimension);
    }
    curvature = system.curvature();
    damping = system.damping();
    scaling = system.scaling();
    products = 0;
    if (scaling != null) {
      checkScaling(dimension);
    }
  }

  private void checkScaling(int dimension) {
    if (scaling.length() != dimension) {
      throw new IllegalArgumentException(
          "a scaling of "
              + scaling.length()
              + " elements does not go with a solver for "
              + dimension);
    }
    for (int i = 0; i < dimension; i++) {
      double value = scaling.get(i);
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "scaling element "
                + i
                + " = "
                + value
                + ": must be positive and finite; add a floor to the diagonal");
      }
    }
    if (scaled == null) {
      scaled = scaling.like();
    }
  }

  /** Products since the system was taken over. */
  int products() {
    return products;
  }

  /** q = B p; then p.q. */
  double applyDot(FlatVector p, FlatVector q) {
    curvature.apply(p, q);
    products++;
    if (scaling == null) {
      return q.axpyDot(damping, p);
    }
    addScaled(p, q);
    return q.dot(p);
  }

  /** r = b + B d. */
  void residual(FlatVector b, FlatVector d, FlatVector r) {
    curvature.apply(d, r);
    products++;
    if (scaling == null) {
      r.axpy(damping, d);
    } else {
      addScaled(d, r);
    }
    r.axpy(1, b);
  }

  /**
   * The Cauchy point d = -(b.b / b.Bb) b, the model's minimum along the steepest descent, and its
   * residual r = b + B d; d = -b where b.Bb is not positive.
   */
  void cauchyPoint(FlatVector b, FlatVector d, FlatVector r) {
    double curvatureAlongB = applyDot(b, r);
    double length = curvatureAlongB > 0 ? b.dot(b) / curvatureAlongB : 1;
    d.assign(b);
    d.scale(-length);
    r.axpby(1, b, -length);
  }

  private void addScaled(FlatVector x, FlatVector y) {
    scaled.assign(x);
    scaled.multiply(scaling);
    y.axpy(damping, scaled);
  }
}
