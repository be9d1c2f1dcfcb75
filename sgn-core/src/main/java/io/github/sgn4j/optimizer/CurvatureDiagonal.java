package io.github.sgn4j.optimizer;

import io.github.sgn4j.curvature.GaussNewton;
import io.github.sgn4j.curvature.HutchinsonDiagonal;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import java.util.Optional;

/**
 * The diagonal of the Gauss-Newton matrix, or of the empirical Fisher matrix, from the source that
 * the options name, whichever curvature the system has.
 */
final class CurvatureDiagonal {

  static final int PROBES = 1;
  static final long SEED = 1;

  private final PreconditionerSource source;
  private final FlatVector diagonal;
  private final HutchinsonDiagonal estimate;

  CurvatureDiagonal(PreconditionerSource source, Precision precision, int dimension) {
    this.source = source;
    this.diagonal = FlatVector.zeros(precision, dimension);
    this.estimate =
        source == PreconditionerSource.HUTCHINSON || source == PreconditionerSource.KRONECKER
            ? new HutchinsonDiagonal(precision, dimension, PROBES, SEED)
            : null;
  }

  /**
   * The diagonal at that linearization, or null if this model has none of that source: its own
   * vector, valid until the next call.
   *
   * @param step seeds random probes
   * @throws IllegalArgumentException if the source cannot serve this model
   */
  FlatVector at(Linearization linearization, long step) {
    Optional<CurvatureFactor> factor =
        source == PreconditionerSource.EMPIRICAL_FISHER
            ? linearization.empiricalFisherFactor()
            : linearization.ggnFactor();
    if (estimate != null) {
      if (factor.isPresent()) {
        estimate.estimate(factor.get(), step, diagonal);
      } else {
        GaussNewton products = new GaussNewton(linearization, diagonal.length());
        estimate.estimate(products, step, diagonal);
      }
      return diagonal;
    }
    if (factor.isPresent() && factor.get().isLayered()) {
      factor.get().diagonal(diagonal);
      if (factor.get().ridge() != null) {
        diagonal.axpy(1, factor.get().ridge());
      }
      return diagonal;
    }
    if (source == PreconditionerSource.GGN_DIAGONAL_IF_LAYERED) {
      return null;
    }
    throw new IllegalArgumentException(
        "option preconditionerSource = "
            + source
            + " needs a model of dense layers and a loss of the library; take HUTCHINSON,"
            + " SQUARED_GRADIENT or no preconditioner");
  }
}
