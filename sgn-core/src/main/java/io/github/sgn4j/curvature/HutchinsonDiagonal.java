package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/**
 * Estimates the diagonal of a curvature matrix C by products with random signs z (Hutchinson 1990;
 * Bekas, Kokiopoulou and Saad 2007), each a mean over some probes:
 *
 * <pre>
 * C = A^T A known by its factor:  diag(C) = E[(A^T z) * (A^T z)],  z a sign for each row of A
 * C known by products:            diag(C) = E[z * C z],            z a sign for each parameter
 * </pre>
 *
 * <p>The first is never negative, without bias, and takes half a product a probe. Of the second the
 * absolute value is taken once the mean is made, so that a preconditioner can be built of it; on
 * diagonals near 0 that is a bias upwards, which more probes make smaller.
 *
 * <p>Signs depend on the seed, the step, the probe and the element's index alone: neither on
 * threads nor on shards of the batch, and a run that is taken up again draws what it would have
 * drawn. Serves one thread at a time.
 */
public final class HutchinsonDiagonal {

  // SplitMix64 (Steele, Lea and Flood 2014), written out: java.util promises no sequence for it.
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final int probes;
  private final long seed;
  private final FlatVector product;
  private final FlatVector parameterSigns;
  private FlatVector rowSigns;

  /**
   * An estimator for matrices of that precision and dimension.
   *
   * @param probes products to average, at least 1
   * @param seed of the signs
   */
  public HutchinsonDiagonal(Precision precision, int dimension, int probes, long seed) {
    if (probes < 1) {
      throw new IllegalArgumentException("probes = " + probes + ": must be at least 1");
    }
    this.probes = probes;
    this.seed = seed;
    product = FlatVector.zeros(precision, dimension);
    parameterSigns = product.like();
    rowSigns = FlatVector.zeros(precision, 0);
  }

  /**
   * Estimates diag(A^T A), by as many products with A^T as probes, and adds the factor's ridge.
   *
   * @param step chooses the signs, say the number of the training step
   * @param result overwritten
   * @throws IllegalArgumentException if precisions or dimensions differ
   */
  public void estimate(CurvatureFactor factor, long step, FlatVector result) {
    result.fill(0);
    for (int probe = 0; probe < probes; probe++) {
      probe(factor, step, probe, product);
      product.multiply(product);
      result.axpy(1.0 / probes, product);
    }
    if (factor.ridge() != null) {
      result.axpy(1, factor.ridge());
    }
  }

  /**
   * The first of those products: h = A^T z, of which the expectation of h h^T is A^T A. The ridge
   * is not in it.
   *
   * @param step chooses the signs, say the number of the training step
   * @param result overwritten
   * @throws IllegalArgumentException if precisions or dimensions differ
   */
  public void probe(CurvatureFactor factor, long step, FlatVector result) {
    probe(factor, step, 0, result);
  }

  private void probe(CurvatureFactor factor, long step, int probe, FlatVector result) {
    checkDimension(factor.dimension());
    if (rowSigns.length() != factor.rows()) {
      rowSigns = FlatVector.zeros(product.precision(), factor.rows());
    }
    drawSigns(step, probe, rowSigns);
    factor.multiplyTransposed(rowSigns, result);
  }

  /**
   * Estimates diag(C), by as many products as probes; a {@link FactorCurvature}'s by its factor.
   *
   * @param step chooses the signs, say the number of the training step
   * @param result overwritten; no element is negative
   * @throws IllegalArgumentException if precisions or dimensions differ
   */
  public void estimate(CurvatureOperator curvature, long step, FlatVector result) {
    if (curvature instanceof FactorCurvature known) {
      estimate(known.factor(), step, result);
      return;
    }
    checkDimension(curvature.dimension());
    result.fill(0);
    for (int probe = 0; probe < probes; probe++) {
      drawSigns(step, probe, parameterSigns);
      curvature.apply(parameterSigns, product);
      product.multiply(parameterSigns);
      result.axpy(1.0 / probes, product);
    }
    for (int i = 0; i < result.length(); i++) {
      result.set(i, Math.abs(result.get(i)));
    }
  }

  private void checkDimension(int dimension) {
    if (dimension != product.length()) {
      throw new IllegalArgumentException(
          "a curvature of dimension "
              + dimension
              + " does not go with an estimator for "
              + product.length());
    }
  }

  private void drawSigns(long step, int probe, FlatVector signs) {
    long state = mix(mix(mix(seed + GOLDEN_GAMMA) + step) + probe);
    long bits = 0;
    for (int i = 0; i < signs.length(); i++) {
      if (i % Long.SIZE == 0) {
        state += GOLDEN_GAMMA;
        bits = mix(state);
      }
      signs.set(i, (bits & 1) == 0 ? 1 : -1);
      bits >>>= 1;
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
