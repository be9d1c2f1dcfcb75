package io.github.sgn4j.loss;

/** The losses that come with the library. */
public final class Losses {

  private Losses() {}

  /**
   * Cross-entropy of the softmax of logits [N, K], mean over the N samples. Targets are class
   * probabilities [N, K] (one-hot, say; rows sum to 1) of the logits' type, or class numbers from 0
   * as integers [N] or [N, 1].
   */
  public static Loss softmaxCrossEntropy() {
    return SoftmaxCrossEntropy.INSTANCE;
  }

  /**
   * Cross-entropy of the sigmoid of logits with targets in [0, 1] of the same shape and type, mean
   * over all entries.
   */
  public static Loss sigmoidCrossEntropy() {
    return SigmoidCrossEntropy.INSTANCE;
  }

  /** (output - target)^2, mean over all entries; targets of the output's type and length. */
  public static Loss meanSquaredError() {
    return MeanSquaredError.INSTANCE;
  }
}
