package io.github.sgn4j.kronecker;

import io.github.sgn4j.objective.ParameterSpace;

/**
 * Up to what size a side of a Kronecker product is a whole matrix. A larger one keeps its diagonal.
 * Products with whole sides are taken once for every iteration of a solve, so that what they may
 * cost depends on how many there are in a step.
 *
 * @param rows of the side of a matrix's rows: a dense layer's inputs; at least 1
 * @param columns of the side of its columns: the outputs; at least 1
 * @param rowsOfWide of the side of the rows where there are {@value #WIDE} columns and more; at
 *     least 1
 */
public record KroneckerLimits(int rows, int columns, int rowsOfWide) {

  /** Columns from which on a matrix is wide. */
  public static final int WIDE = 256;

  /**
   * In models of matrices alone. Inputs are far from independent of each other, and their side is
   * worth more than that of the outputs.
   */
  private static final KroneckerLimits DENSE = new KroneckerLimits(512, 64);

  /**
   * Where gradient and evaluations take most of a step, wide outputs are worth it, too. Beside them
   * so are more inputs; narrow layers only fit further what they should not.
   */
  private static final KroneckerLimits DENSE_FEW_ITERATIONS = new KroneckerLimits(512, 512, 1024);

  /**
   * Where a model has filters, parameters of more than two axes, the products of its curvature cost
   * far more for as many parameters.
   */
  private static final KroneckerLimits BESIDE_FILTERS = new KroneckerLimits(2048, 2048);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public KroneckerLimits {
    if (rows < 1 || columns < 1 || rowsOfWide < 1) {
      throw new IllegalArgumentException(
          "limits of %d rows, %d columns and %d rows of wide matrices: must be at least 1 each"
              .formatted(rows, columns, rowsOfWide));
    }
  }

  /** The same for wide matrices and others. */
  public KroneckerLimits(int rows, int columns) {
    this(rows, columns, rows);
  }

  /** That of the side of the rows of a matrix with so many columns. */
  int rowsBeside(int matrixColumns) {
    return matrixColumns >= WIDE ? rowsOfWide : rows;
  }

  /** Those of a model with these parameters, for solves of five iterations and more. */
  public static KroneckerLimits of(ParameterSpace parameters) {
    return hasFilters(parameters) ? BESIDE_FILTERS : DENSE;
  }

  /** The same for solves of fewer iterations, such as the default's with a cross-entropy. */
  public static KroneckerLimits ofFewIterations(ParameterSpace parameters) {
    return hasFilters(parameters) ? BESIDE_FILTERS : DENSE_FEW_ITERATIONS;
  }

  private static boolean hasFilters(ParameterSpace parameters) {
    return parameters.all().stream().anyMatch(p -> p.shape().length > 2);
  }
}
