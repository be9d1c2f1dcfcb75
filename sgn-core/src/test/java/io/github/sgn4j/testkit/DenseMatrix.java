package io.github.sgn4j.testkit;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import java.util.Random;

/** A symmetric matrix as a curvature operator that counts its products. */
public final class DenseMatrix implements CurvatureOperator {

  private final double[][] values;
  private int products;

  /** The matrix of these rows, not copied. */
  public DenseMatrix(double[][] values) {
    this.values = values;
  }

  /** A random positive definite matrix B^T B + I. */
  public static DenseMatrix positiveDefinite(int n, long seed) {
    Random random = new Random(seed);
    double[][] b = new double[n][n];
    for (double[] row : b) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextGaussian();
      }
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i][i] = 1;
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          a[i][j] += b[k][i] * b[k][j];
        }
      }
    }
    return new DenseMatrix(a);
  }

  /** A diagonal matrix. */
  public static DenseMatrix diagonal(double... diagonal) {
    double[][] a = new double[diagonal.length][diagonal.length];
    for (int i = 0; i < diagonal.length; i++) {
      a[i][i] = diagonal[i];
    }
    return new DenseMatrix(a);
  }

  /** The rows. */
  public double[][] values() {
    return values;
  }

  /** Products done so far. */
  public int products() {
    return products;
  }

  @Override
  public int dimension() {
    return values.length;
  }

  @Override
  public void apply(FlatVector v, FlatVector result) {
    products++;
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (int j = 0; j < values.length; j++) {
        sum += values[i][j] * v.get(j);
      }
      result.set(i, sum);
    }
  }
}
