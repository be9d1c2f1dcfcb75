package io.github.sgn4j.testkit;

import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import java.util.Random;

/** A curvature factor whose rows are plain arrays, and which counts its products. */
public final class DenseFactor implements CurvatureFactor {

  private final double[][] rows;
  private final int columns;
  private final boolean layered;
  private FlatVector ridge;
  private boolean gramNeedsRows;
  private int products;

  /** The factor of these rows, not copied. */
  public DenseFactor(double[][] rows, int columns, boolean layered) {
    this.rows = rows;
    this.columns = columns;
    this.layered = layered;
  }

  /** Gaussian rows. */
  public static DenseFactor random(int rows, int dimension, long seed) {
    Random random = new Random(seed);
    double[][] a = new double[rows][dimension];
    for (double[] row : a) {
      for (int j = 0; j < dimension; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return new DenseFactor(a, 1, true);
  }

  /** The Cholesky factor of a positive definite matrix: that is A^T A. */
  public static DenseFactor of(DenseMatrix matrix, boolean layered) {
    double[][] c = matrix.values();
    int n = c.length;
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double sum = c[i][j];
        for (int k = 0; k < i; k++) {
          sum -= a[k][i] * a[k][j];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[i][i];
      }
    }
    return new DenseFactor(a, 1, layered);
  }

  /** The same rows without layers. */
  public DenseFactor withoutLayers() {
    return new DenseFactor(rows, columns, false).withRidge(ridge);
  }

  /** The same rows with a ridge, not copied. */
  public DenseFactor withRidge(FlatVector value) {
    DenseFactor other = new DenseFactor(rows, columns, layered);
    other.ridge = value;
    return other;
  }

  @Override
  public FlatVector ridge() {
    return ridge;
  }

  /** The same rows, said to be all made for {@link #gram}. */
  public DenseFactor withGramOfRows() {
    DenseFactor other = withRidge(ridge);
    other.gramNeedsRows = true;
    return other;
  }

  @Override
  public boolean gramNeedsRows() {
    return gramNeedsRows;
  }

  /** A^T A and the ridge. */
  public DenseMatrix curvature() {
    int n = dimension();
    double[][] c = new double[n][n];
    for (int i = 0; ridge != null && i < n; i++) {
      c[i][i] = ridge.get(i);
    }
    for (double[] row : rows) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          c[i][j] += row[i] * row[j];
        }
      }
    }
    return new DenseMatrix(c);
  }

  /** The rows. */
  public double[][] toRows() {
    return rows;
  }

  /** Products with A done so far. */
  public int products() {
    return products;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int dimension() {
    return rows[0].length;
  }

  @Override
  public void multiply(FlatVector v, FlatVector result) {
    products++;
    for (int i = 0; i < rows.length; i++) {
      double sum = 0;
      for (int j = 0; j < rows[i].length; j++) {
        sum += rows[i][j] * v.get(j);
      }
      result.set(i, sum);
    }
  }

  @Override
  public void multiplyTransposed(FlatVector u, FlatVector result) {
    for (int j = 0; j < dimension(); j++) {
      double sum = 0;
      for (int i = 0; i < rows.length; i++) {
        sum += rows[i][j] * u.get(i);
      }
      result.set(j, sum);
    }
  }

  @Override
  public boolean isLayered() {
    return layered;
  }

  @Override
  public void diagonal(FlatVector result) {
    requireLayers();
    for (int j = 0; j < dimension(); j++) {
      double sum = 0;
      for (double[] row : rows) {
        sum += row[j] * row[j];
      }
      result.set(j, sum);
    }
  }

  @Override
  public void gram(double[] result) {
    requireLayers();
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows.length; k++) {
        double sum = 0;
        for (int j = 0; j < dimension(); j++) {
          sum += rows[i][j] * rows[k][j];
        }
        result[i * rows.length + k] = sum;
      }
    }
  }

  @Override
  public void matrix(double[] result) {
    requireLayers();
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, result, i * dimension(), dimension());
    }
  }

  private void requireLayers() {
    if (!layered) {
      throw new UnsupportedOperationException("no layers");
    }
  }
}
