package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import java.util.Objects;

/**
 * The curvature matrix C = A^T A + L of a factor and its ridge: its product is A^T (A v) + L v, and
 * solvers that want more than products find the factor here.
 *
 * <p>Usable as long as the factor is.
 */
public final class FactorCurvature implements CurvatureOperator {

  private final CurvatureFactor factor;
  private FlatVector rows;

  /** The curvature matrix of that factor. */
  public FactorCurvature(CurvatureFactor factor) {
    this.factor = Objects.requireNonNull(factor, "factor");
  }

  /** A. */
  public CurvatureFactor factor() {
    return factor;
  }

  @Override
  public int dimension() {
    return factor.dimension();
  }

  @Override
  public void apply(FlatVector v, FlatVector result) {
    if (rows == null || rows.precision() != v.precision()) {
      rows = FlatVector.zeros(v.precision(), factor.rows());
    }
    factor.multiply(v, rows);
    factor.multiplyTransposed(rows, result);
    if (factor.ridge() != null) {
      result.addProduct(factor.ridge(), v);
    }
  }
}
