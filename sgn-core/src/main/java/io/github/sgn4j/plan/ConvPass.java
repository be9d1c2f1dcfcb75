package io.github.sgn4j.plan;

import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.Precision;

/**
 * What a convolution does to the results of its matrix products: max pooling, bias and activation,
 * and back. Bias and activation come after the maximum: they do not decrease, and there are fewer
 * numbers left.
 *
 * <p>It works on one output row of a chunk of images at a time, whose matrix products lie behind
 * each other, one for each position in the pooling window, and collects the rows of a chunk.
 */
interface ConvPass {

  /** For that precision. */
  static ConvPass of(Precision precision, ConvGeometry geometry, Activation activation) {
    return precision == Precision.FLOAT
        ? new FloatConvPass(geometry, activation)
        : new DoubleConvPass(geometry, activation);
  }

  /** Makes room for what {@link #value} keeps. */
  void bindDerivatives();

  /** Takes the bias, or its tangent, that the next passes add; null for none. */
  void setBias(HostArray bias);

  /**
   * Values of one output row from the products.
   *
   * @param keep whether to keep what the next products with the derivative need
   */
  void value(HostArray products, int chunk, int row, boolean keep);

  /** Tangents of one output row from the products' tangents. */
  void tangent(HostArray products, int chunk, int row);

  /** Writes the rows that were collected to a chunk of the output. */
  void store(int chunk, HostArray output);

  /** Reads a chunk of the output's adjoint. */
  void load(int chunk, HostArray output);

  /**
   * Adjoints of the products from what was loaded.
   *
   * @param sums receives the adjoints before they are spread over the pooling window, an output
   *     position a row: their column sums are the bias's gradient
   */
  void adjoint(HostArray products, HostArray sums, int chunk, int row);

  /** Bytes that it holds. */
  long bytes();
}
