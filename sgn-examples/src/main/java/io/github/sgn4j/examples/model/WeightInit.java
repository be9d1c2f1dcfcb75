package io.github.sgn4j.examples.model;

import java.util.Random;

/** How an MLP's weights are drawn; biases are 0. */
public enum WeightInit {
  /** From N(0, 1), unscaled, as the published runs did. */
  NORMAL,

  /**
   * Uniformly within +-sqrt(6 / (inputs + outputs)) of the layer (Glorot and Bengio 2010), which
   * keeps the activations of wide layers out of saturation.
   */
  XAVIER;

  /** The next weight of a layer. */
  double draw(Random random, int inputs, int outputs) {
    if (this == NORMAL) {
      return random.nextGaussian();
    }
    return Math.sqrt(6.0 / (inputs + outputs)) * (2 * random.nextDouble() - 1);
  }
}
