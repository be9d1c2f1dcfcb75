package io.github.sgn4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Arrays;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;

/** What every curvature factor must fulfil, and its matrix from products alone. */
public final class FactorChecks {

  private final CurvatureFactor factor;
  private final Precision precision;
  private final double tolerance;

  /**
   * Checks of a factor.
   *
   * @param tolerance relative to the largest entry of what is compared
   */
  public FactorChecks(CurvatureFactor factor, Precision precision, double tolerance) {
    this.factor = factor;
    this.precision = precision;
    this.tolerance = tolerance;
  }

  /** A, row by row from products A^T e. */
  public SimpleMatrix matrix() {
    SimpleMatrix a = new SimpleMatrix(factor.rows(), factor.dimension());
    FlatVector e = FlatVector.zeros(precision, factor.rows());
    FlatVector row = FlatVector.zeros(precision, factor.dimension());
    for (int i = 0; i < factor.rows(); i++) {
      e.fill(0);
      e.set(i, 1);
      row.fill(Double.NaN);
      factor.multiplyTransposed(e, row);
      a.setRow(i, 0, row.toDoubleArray());
    }
    return a;
  }

  /** A v is that of the matrix. */
  public void products(SimpleMatrix a) {
    assertThat(factor.rows() % factor.columns()).isZero();
    Random random = new Random(3);
    FlatVector v = FlatVector.zeros(precision, factor.dimension());
    for (int i = 0; i < v.length(); i++) {
      v.set(i, random.nextGaussian());
    }
    FlatVector result = FlatVector.zeros(precision, factor.rows());
    result.fill(Double.NaN);
    factor.multiply(v, result);
    SimpleMatrix column = new SimpleMatrix(v.length(), 1, true, v.toDoubleArray());
    assertClose(result.toDoubleArray(), a.mult(column));
  }

  /** Diagonal, Gram matrix and matrix are those of the matrix. */
  public void layers(SimpleMatrix a) {
    assertThat(factor.isLayered()).isTrue();
    FlatVector diagonal = FlatVector.zeros(precision, factor.dimension());
    double[] gram = new double[factor.rows() * factor.rows()];
    double[] matrix = new double[factor.rows() * factor.dimension()];
    // Twice: buffers that were left over must not matter.
    for (int round = 0; round < 2; round++) {
      diagonal.fill(Double.NaN);
      Arrays.fill(gram, Double.NaN);
      Arrays.fill(matrix, Double.NaN);
      factor.diagonal(diagonal);
      factor.gram(gram);
      factor.matrix(matrix);
    }
    SimpleMatrix squares = a.elementMult(a);
    SimpleMatrix sums = new SimpleMatrix(1, factor.dimension());
    for (int j = 0; j < factor.dimension(); j++) {
      sums.set(j, squares.getColumn(j).elementSum());
    }
    assertClose(diagonal.toDoubleArray(), sums);
    assertClose(matrix, a);
    assertClose(gram, a.mult(a.transpose()));
  }

  private void assertClose(double[] actual, SimpleMatrix expected) {
    double scale = expected.elementMaxAbs();
    assertThat(scale).isPositive();
    assertThat(actual)
        .containsExactly(expected.getDDRM().getData().clone(), within(tolerance * scale));
  }
}
