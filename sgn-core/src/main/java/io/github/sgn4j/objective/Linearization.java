package io.github.sgn4j.objective;

import java.util.Optional;

/**
 * An objective at one theta and batch: its value, gradient and Gauss-Newton products. Everything
 * that depends on theta and the batch alone is computed once and shared by all products.
 *
 * <p>Not safe for use by several threads at once.
 */
public interface Linearization extends AutoCloseable {

  /** The loss at theta, mean over the samples, and the metric if there is one. */
  Evaluation evaluation();

  /** The loss alone. */
  default double value() {
    return evaluation().loss();
  }

  /**
   * The gradient dL/dtheta.
   *
   * @param result overwritten
   */
  void gradient(FlatVector result);

  /**
   * The generalized Gauss-Newton product J^T H J v, with J = d output / d theta and H = d2 loss / d
   * output2 (Schraudolph 2002; Gargiani et al. 2020, eq. 5). Undamped.
   *
   * @param v read only
   * @param result overwritten; must not be v
   */
  void ggnVectorProduct(FlatVector v, FlatVector result);

  /**
   * The Gauss-Newton matrix by its factor, and its ridge if it has one; empty where the loss has no
   * closed form or the outputs are not here.
   */
  default Optional<CurvatureFactor> ggnFactor() {
    return Optional.empty();
  }

  /**
   * The empirical Fisher matrix, the mean over samples of g g^T with g the gradient of the sample's
   * loss, by its factor; empty likewise.
   */
  default Optional<CurvatureFactor> empiricalFisherFactor() {
    return Optional.empty();
  }

  /**
   * A Monte-Carlo estimate of the Fisher matrix by its factor: as the empirical one, with targets
   * drawn from the distribution that the model's output stands for (Martens 2020, section 5). Its
   * expectation is the Gauss-Newton matrix. Empty likewise.
   *
   * @param draws targets drawn for each sample, at least 1
   * @param seed of the draws
   */
  default Optional<CurvatureFactor> sampledFisherFactor(int draws, long seed) {
    return Optional.empty();
  }

  /** Number of samples that the loss is a mean of. */
  long sampleCount();

  /** Releases the workspace; idempotent. Any other call afterwards fails. */
  @Override
  void close();
}
