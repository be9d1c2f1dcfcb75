package io.github.sgn4j.loss;

import io.github.sgn4j.objective.LossFamily;

/** Cross-entropy of independent sigmoids; Hessian diag(s (1 - s)) / n for n entries. */
final class SigmoidCrossEntropy extends ElementwiseLoss {

  static final SigmoidCrossEntropy INSTANCE = new SigmoidCrossEntropy();

  private SigmoidCrossEntropy() {}

  @Override
  public String name() {
    return "sigmoid cross-entropy";
  }

  @Override
  public LossFamily family() {
    return LossFamily.CROSS_ENTROPY;
  }

  @Override
  double value(double output, double target) {
    // max(x, 0) - x t + log(1 + e^-|x|) does not overflow.
    return Math.max(output, 0) - output * target + Math.log1p(Math.exp(-Math.abs(output)));
  }

  @Override
  double first(double output, double target) {
    return sigmoid(output) - target;
  }

  @Override
  double second(double output, double target) {
    // e^-|x| / (1 + e^-|x|)^2 keeps its relative accuracy where the sigmoid saturates.
    double e = Math.exp(-Math.abs(output));
    return e / ((1 + e) * (1 + e));
  }

  /** Of a Bernoulli distribution. */
  @Override
  double drawnFirst(double output, SampleRandom draw) {
    double p = sigmoid(output);
    return p - (draw.uniform() < p ? 1 : 0);
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
}
