package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Random;

/**
 * Estimates of the trace of a curvature matrix that is known by its products, with vectors z of
 * random signs. Unbiased; the standard error is estimated from the samples' spread.
 *
 * <p>It makes its vectors once and serves one thread at a time.
 */
public final class StochasticTrace {

  private final FlatVector z;
  private final FlatVector product;

  /**
   * An estimate.
   *
   * @param trace the estimated trace
   * @param standardError of it; NaN from a single sample
   * @param products curvature products done
   */
  public record Estimate(double trace, double standardError, int products) {}

  /** For matrices of that dimension. */
  public StochasticTrace(Precision precision, int dimension) {
    z = FlatVector.zeros(precision, dimension);
    product = z.like();
  }

  /**
   * The mean of z.Az (Hutchinson 1990). Its variance is 2 / samples times the sum of the squared
   * off-diagonal elements; 0 for a diagonal matrix.
   *
   * @param samples at least 1, each a product
   * @throws IllegalArgumentException if the operator has another dimension or gives a product that
   *     is not finite
   */
  public Estimate hutchinson(CurvatureOperator operator, int samples, long seed) {
    requireDimension(operator);
    requireAtLeast(1, "samples", samples);
    return estimate(operator, samples, new Random(seed), 0, null);
  }

  /**
   * Hutch++ (Meyer, Musco, Musco and Woodruff 2021, algorithm 1): the trace over the range of A S,
   * S of random signs, exactly, and of the rest by Hutchinson's estimate. Its error falls like 1 /
   * products instead of 1 / sqrt(products); exact if the rank is at most a third of the products.
   *
   * @param products at least 3; a third each goes into finding the range, the trace over it and the
   *     samples of the rest
   * @throws IllegalArgumentException as for {@link #hutchinson}
   */
  public Estimate hutchPlusPlus(CurvatureOperator operator, int products, long seed) {
    requireDimension(operator);
    requireAtLeast(3, "products", products);
    int third = Math.min(products / 3, z.length());
    Random random = new Random(seed);
    OrthonormalBasis range = new OrthonormalBasis(z.precision(), z.length(), third);
    for (int i = 0; i < third; i++) {
      drawSigns(random);
      apply(operator, z);
      double norm = product.norm();
      range.removeFrom(product);
      double left = product.norm();
      // Otherwise only rounding is left: the range has fewer dimensions.
      if (left > 100 * z.precision().epsilon() * norm) {
        range.add(product, left);
      }
    }
    double within = 0;
    for (int i = 0; i < range.size(); i++) {
      apply(operator, range.get(i));
      within += range.get(i).dot(product);
    }
    int before = third + range.size();
    Estimate rest = estimate(operator, products - before, random, before, range);
    return new Estimate(within + rest.trace(), rest.standardError(), rest.products());
  }

  /** Hutchinson's estimate over the complement of a range; null for everything. */
  private Estimate estimate(
      CurvatureOperator operator,
      int samples,
      Random random,
      int productsBefore,
      OrthonormalBasis range) {
    // Welford's recursion.
    double mean = 0;
    double squares = 0;
    for (int i = 1; i <= samples; i++) {
      drawSigns(random);
      if (range != null) {
        range.removeFrom(z);
      }
      apply(operator, z);
      double sample = z.dot(product);
      double distance = sample - mean;
      mean += distance / i;
      squares += distance * (sample - mean);
    }
    double error = samples == 1 ? Double.NaN : Math.sqrt(squares / (samples - 1.0) / samples);
    return new Estimate(mean, error, productsBefore + samples);
  }

  private void drawSigns(Random random) {
    for (int i = 0; i < z.length(); i++) {
      z.set(i, random.nextBoolean() ? 1 : -1);
    }
  }

  private void apply(CurvatureOperator operator, FlatVector v) {
    operator.apply(v, product);
    if (!product.isFinite()) {
      throw new IllegalArgumentException(
          "a product of the operator has elements that are NaN or infinite; look at theta, the"
              + " batch and the precision");
    }
  }

  private void requireDimension(CurvatureOperator operator) {
    if (operator.dimension() != z.length()) {
      throw new IllegalArgumentException(
          "an operator of dimension "
              + operator.dimension()
              + " does not go with vectors of "
              + z.length());
    }
  }

  private static void requireAtLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " = " + value + ": must be at least " + least);
    }
  }
}
