package io.github.sgn4j.objective;

/** A factor with a ridge, or with more of one. */
final class RidgedFactor implements CurvatureFactor {

  private final CurvatureFactor factor;
  private final FlatVector ridge;

  /**
   * That factor with a ridge.
   *
   * @param ridge read only
   */
  RidgedFactor(CurvatureFactor factor, FlatVector ridge) {
    this.factor = factor;
    FlatVector before = factor.ridge();
    if (before == null) {
      this.ridge = ridge;
    } else {
      this.ridge = before.copy();
      this.ridge.axpy(1, ridge);
    }
  }

  @Override
  public FlatVector ridge() {
    return ridge;
  }

  @Override
  public int rows() {
    return factor.rows();
  }

  @Override
  public int columns() {
    return factor.columns();
  }

  @Override
  public int dimension() {
    return factor.dimension();
  }

  @Override
  public void multiply(FlatVector v, FlatVector result) {
    factor.multiply(v, result);
  }

  @Override
  public void multiplyTransposed(FlatVector u, FlatVector result) {
    factor.multiplyTransposed(u, result);
  }

  @Override
  public boolean isLayered() {
    return factor.isLayered();
  }

  @Override
  public void diagonal(FlatVector result) {
    factor.diagonal(result);
  }

  @Override
  public void gram(double[] result) {
    factor.gram(result);
  }

  @Override
  public boolean gramNeedsRows() {
    return factor.gramNeedsRows();
  }

  @Override
  public void matrix(double[] result) {
    factor.matrix(result);
  }
}
