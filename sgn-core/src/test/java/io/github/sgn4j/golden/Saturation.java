package io.github.sgn4j.golden;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/** Where the reference's sigmoid is exactly 1, which ours is not. */
final class Saturation {

  private static final double THRESHOLD = 19;

  private final PlainGoldenModel network;

  Saturation(TraceFile file) {
    network = new PlainGoldenModel(file);
  }

  /** Whether a hidden pre-activation is above the threshold at theta. */
  boolean at(double[] theta, int batch) {
    FlatVector vector = FlatVector.of(Precision.DOUBLE, theta);
    return network.objective().largestHiddenPreActivation(vector, network.batch(batch)) > THRESHOLD;
  }
}
