package io.github.sgn4j.examples.data;

/** What a data set asks of a network, and so its loss. */
public enum Task {
  /** Targets are class numbers; softmax cross-entropy on the network's output. */
  CLASSIFICATION,
  /** Targets are numbers; mean squared error. */
  REGRESSION
}
