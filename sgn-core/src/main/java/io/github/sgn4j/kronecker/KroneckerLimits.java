package io.github.sgn4j.kronecker;

import io.github.sgn4j.objective.ParameterSpace;

/**
 * Up to what size a side of a Kronecker product is a whole matrix. A larger one keeps its diagonal:
 * at equal times its products with every iteration's residual cost more than they gain.
 *
 * @param rows of the side of a matrix's rows: a dense layer's inputs
 * @param columns of the side of its columns: the outputs
 */
record KroneckerLimits(int rows, int columns) {

  /**
   * In models of matrices alone. Inputs are far from independent of each other, and their side is
   * worth more than that of the outputs.
   */
  private static final KroneckerLimits DENSE = new KroneckerLimits(512, 64);

  /**
   * Where a model has filters, parameters of more than two axes, the products of its curvature cost
   * far more for as many parameters.
   */
  private static final KroneckerLimits BESIDE_FILTERS = new KroneckerLimits(2048, 2048);

  /** Those of a model with these parameters. */
  static KroneckerLimits of(ParameterSpace parameters) {
    boolean hasFilters = parameters.all().stream().anyMatch(p -> p.shape().length > 2);
    return hasFilters ? BESIDE_FILTERS : DENSE;
  }
}
