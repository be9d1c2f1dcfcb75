package io.github.sgn4j.optimizer;

/** Which curvature matrix a step's system is made of. */
public enum CurvatureKind {
  /** The generalized Gauss-Newton matrix. */
  GAUSS_NEWTON,

  /**
   * The mean of g g^T over the samples' gradients g: natural gradient by another name, without a
   * claim to curvature (Kunstner, Balles and Hennig 2019). Losses of the library only.
   */
  EMPIRICAL_FISHER,

  /**
   * An unbiased estimate of the Gauss-Newton matrix by a drawn target for each sample; of rank one
   * a sample. Losses of the library only.
   */
  SAMPLED_FISHER,

  /**
   * The Hessian itself, by differences of gradients: two gradients a product, indefinite, and in
   * single precision coarse. To look at, not to train with.
   */
  HESSIAN
}
