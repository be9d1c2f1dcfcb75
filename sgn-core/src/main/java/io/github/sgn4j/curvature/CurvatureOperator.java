package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.FlatVector;

/** A symmetric n x n matrix that is known by its products with vectors. */
public interface CurvatureOperator {

  /** n, the number of parameters. */
  int dimension();

  /**
   * One product, undamped.
   *
   * @param v n elements, read only
   * @param result n elements, overwritten; must not share storage with v
   */
  void apply(FlatVector v, FlatVector result);
}
