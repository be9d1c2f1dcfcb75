package io.github.sgn4j.examples.data;

import io.github.sgn4j.objective.LossFamily;

/** What a data set asks of a network, and so its loss. */
public enum Task {
  /** Targets are class numbers; softmax cross-entropy on the network's output. */
  CLASSIFICATION(LossFamily.CROSS_ENTROPY),
  /** Targets are numbers; mean squared error. */
  REGRESSION(LossFamily.SQUARED_ERROR);

  private final LossFamily lossFamily;

  Task(LossFamily lossFamily) {
    this.lossFamily = lossFamily;
  }

  /** The loss's family. */
  public LossFamily lossFamily() {
    return lossFamily;
  }
}
