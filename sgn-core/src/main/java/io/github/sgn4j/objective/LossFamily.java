package io.github.sgn4j.objective;

/** What a loss makes of the outputs, for defaults that depend on it. */
public enum LossFamily {
  /** Outputs are logits of classes or labels. */
  CROSS_ENTROPY,

  /** Outputs are estimates of the targets. */
  SQUARED_ERROR,

  /** Nothing is known. */
  OTHER
}
