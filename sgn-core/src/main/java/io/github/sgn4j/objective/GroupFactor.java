package io.github.sgn4j.objective;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The factor of a group of batches: its parts' factors A_i one below the other, each times the root
 * of its share of the samples, so that A^T A is the weighted sum. The ridge, which belongs to no
 * sample, is that of any part.
 */
final class GroupFactor implements CurvatureFactor {

  private final GroupLinearization group;
  private final GroupLinearization.FactorKind kind;
  private final CurvatureFactor[] kept;
  private final int[] firstRow;
  private final int columns;
  private final int dimension;
  private final boolean layered;
  private final FlatVector ridge;
  private FlatVector viewed;
  private FlatVector[] views;

  /**
   * A factor of all parts.
   *
   * @param first the first part's, whose shape all have
   */
  GroupFactor(GroupLinearization group, GroupLinearization.FactorKind kind, CurvatureFactor first) {
    this.group = group;
    this.kind = kind;
    kept = new CurvatureFactor[group.parts()];
    columns = first.columns();
    dimension = first.dimension();
    layered = first.isLayered();
    ridge = first.ridge() == null ? null : first.ridge().copy();
    firstRow = new int[group.parts() + 1];
    for (int i = 0; i < group.parts(); i++) {
      firstRow[i + 1] = Math.addExact(firstRow[i], Math.multiplyExact(group.size(i), columns));
    }
    if (group.isKept(0)) {
      kept[0] = first;
    }
  }

  private interface PartTask {
    void run(CurvatureFactor factor, int index);
  }

  private void forEachPart(PartTask task) {
    group.requireCurrent(this);
    for (int i = 0; i < kept.length; i++) {
      Linearization part = group.open(i);
      try {
        CurvatureFactor factor = kept[i] != null ? kept[i] : ask(part, i);
        task.run(factor, i);
      } finally {
        group.release(i, part);
      }
    }
  }

  private CurvatureFactor ask(Linearization part, int index) {
    CurvatureFactor factor =
        kind.of(part, index)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "part " + index + " of the group has no factor, the first has one"));
    if (group.isKept(index)) {
      kept[index] = factor;
    }
    return factor;
  }

  private int rows(int part) {
    return firstRow[part + 1] - firstRow[part];
  }

  private double root(int part) {
    return Math.sqrt(group.share(part));
  }

  /** A part's rows of a vector; solvers come with the same vector each time. */
  private FlatVector rowsOf(FlatVector vector, int part) {
    if (vector != viewed) {
      if (vector.length() != rows()) {
        throw new IllegalArgumentException(
            "a vector of "
                + vector.length()
                + " elements; this factor has "
                + rows()
                + " rows, "
                + columns
                + " for each sample");
      }
      views = new FlatVector[kept.length];
      for (int i = 0; i < views.length; i++) {
        views[i] = vector.view(firstRow[i], rows(i));
      }
      viewed = vector;
    }
    return views[part];
  }

  @Override
  public int rows() {
    return firstRow[kept.length];
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public FlatVector ridge() {
    return ridge;
  }

  @Override
  public void multiply(FlatVector v, FlatVector result) {
    forEachPart(
        (factor, i) -> {
          FlatVector rows = rowsOf(result, i);
          factor.multiply(v, rows);
          rows.scale(root(i));
        });
  }

  @Override
  public void multiplyTransposed(FlatVector u, FlatVector result) {
    forEachPart(
        (factor, i) -> {
          factor.multiplyTransposed(rowsOf(u, i), group.target(i, result));
          group.add(i, root(i), result);
        });
  }

  @Override
  public boolean isLayered() {
    return layered;
  }

  @Override
  public void diagonal(FlatVector result) {
    forEachPart(
        (factor, i) -> {
          factor.diagonal(group.target(i, result));
          group.add(i, group.share(i), result);
        });
  }

  /**
   * {@inheritDoc}
   *
   * <p>Products between samples of different parts take all rows at once: as much memory as {@link
   * #matrix}.
   */
  @Override
  public void gram(double[] result) {
    long elements = (long) rows() * dimension;
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the rows of a group's factor, "
              + rows()
              + " of "
              + dimension
              + " parameters, do not fit an array: use conjugate gradients or fewer samples");
    }
    double[] all = new double[(int) elements];
    matrix(all);
    CommonOps_DDRM.multOuter(
        DMatrixRMaj.wrap(rows(), dimension, all), DMatrixRMaj.wrap(rows(), rows(), result));
  }

  @Override
  public boolean gramNeedsRows() {
    return true;
  }

  @Override
  public void matrix(double[] result) {
    forEachPart(
        (factor, i) -> {
          double[] rows = new double[Math.multiplyExact(rows(i), dimension)];
          factor.matrix(rows);
          double root = root(i);
          int from = firstRow[i] * dimension;
          for (int j = 0; j < rows.length; j++) {
            result[from + j] = root * rows[j];
          }
        });
  }
}
