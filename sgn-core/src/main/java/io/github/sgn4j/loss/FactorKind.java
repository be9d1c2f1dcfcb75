package io.github.sgn4j.loss;

/**
 * Which curvature matrix a loss's factor S belongs to.
 *
 * @param matrix the matrix
 * @param draws targets drawn for each sample; 0 where none are drawn
 * @param seed of the draws
 */
public record FactorKind(Matrix matrix, int draws, long seed) {

  /** The matrices that have factors. */
  public enum Matrix {
    /** S S^T is the loss's Hessian with respect to the output. */
    GAUSS_NEWTON,

    /** One column: the gradient of the sample's loss with respect to the output. */
    EMPIRICAL_FISHER,

    /** Columns are such gradients for targets drawn from the model's distribution. */
    SAMPLED_FISHER
  }

  /** The Gauss-Newton matrix. */
  public static FactorKind gaussNewton() {
    return new FactorKind(Matrix.GAUSS_NEWTON, 0, 0);
  }

  /** The empirical Fisher matrix. */
  public static FactorKind empiricalFisher() {
    return new FactorKind(Matrix.EMPIRICAL_FISHER, 0, 0);
  }

  /**
   * The Fisher matrix of drawn targets.
   *
   * @throws IllegalArgumentException unless at least one target is to be drawn
   */
  public static FactorKind sampledFisher(int draws, long seed) {
    if (draws < 1) {
      throw new IllegalArgumentException(
          "draws = " + draws + ": at least one target must be drawn for each sample");
    }
    return new FactorKind(Matrix.SAMPLED_FISHER, draws, seed);
  }
}
