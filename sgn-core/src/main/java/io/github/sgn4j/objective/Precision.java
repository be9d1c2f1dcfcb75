package io.github.sgn4j.objective;

/** Floating-point precision of parameters, activations and products. */
public enum Precision {
  /** IEEE 754 binary32. */
  FLOAT(Math.ulp(1.0f)),
  /** IEEE 754 binary64. */
  DOUBLE(Math.ulp(1.0));

  private final double epsilon;

  Precision(double epsilon) {
    this.epsilon = epsilon;
  }

  /** Distance from 1 to the next larger number of this precision. */
  public double epsilon() {
    return epsilon;
  }
}
