package io.github.sgn4j.loss;

import io.github.sgn4j.objective.LossFamily;

/** Mean squared error; Hessian 2/n I for n entries. */
final class MeanSquaredError extends ElementwiseLoss {

  static final MeanSquaredError INSTANCE = new MeanSquaredError();

  private MeanSquaredError() {}

  @Override
  public String name() {
    return "mean squared error";
  }

  @Override
  public LossFamily family() {
    return LossFamily.SQUARED_ERROR;
  }

  @Override
  double value(double output, double target) {
    double residual = output - target;
    return residual * residual;
  }

  @Override
  double first(double output, double target) {
    return 2 * (output - target);
  }

  @Override
  double second(double output, double target) {
    return 2;
  }

  /** Of a normal distribution around the output, of variance 1/2: its -log is the square. */
  @Override
  double drawnFirst(double output, SampleRandom draw) {
    return Math.sqrt(2) * draw.gaussian();
  }
}
