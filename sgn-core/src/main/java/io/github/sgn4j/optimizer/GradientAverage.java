package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/**
 * The bias-corrected exponential moving average of the gradient: m = beta m + (1 - beta) g, mHat =
 * m / (1 - beta^t) (Kingma and Ba 2015, algorithm 1). With beta = 0 it is the gradient itself and
 * costs nothing.
 */
final class GradientAverage {

  private final double beta;
  private final FlatVector m;
  private final FlatVector corrected;

  GradientAverage(double beta, Precision precision, int dimension) {
    this.beta = beta;
    m = FlatVector.zeros(precision, beta == 0 ? 0 : dimension);
    corrected = m.like();
  }

  /** m, empty if beta = 0. */
  FlatVector memory() {
    return m;
  }

  /** mHat of step t for that gradient; m stays. The result is the gradient if beta = 0. */
  FlatVector corrected(FlatVector gradient, long t) {
    if (beta == 0) {
      return gradient;
    }
    double correction = 1 - Math.pow(beta, (double) t);
    corrected.assign(m);
    corrected.axpby((1 - beta) / correction, gradient, beta / correction);
    return corrected;
  }

  /** Takes that gradient into m. */
  void add(FlatVector gradient) {
    if (beta != 0) {
      m.axpby(1 - beta, gradient, beta);
    }
  }
}
