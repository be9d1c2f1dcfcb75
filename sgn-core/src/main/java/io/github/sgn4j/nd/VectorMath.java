package io.github.sgn4j.nd;

/**
 * Elementary functions over heap arrays, in place. The single-precision loops are free of branches
 * and calls, so that the JIT compiler vectorises them.
 */
public final class VectorMath {

  private VectorMath() {}

  /**
   * tanh on the elements [from, to), absolute error below 4e-7: the rational function of degrees 13
   * and 6 that Eigen uses (its coefficients), clamped where tanh rounds to 1.
   */
  public static void tanh(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = rationalTanh(x[i]);
    }
  }

  /** tanh in double precision. */
  public static void tanh(double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = Math.tanh(x[i]);
    }
  }

  /** 1 / (1 + e^-x) on the elements [from, to), absolute error below 2e-7. */
  public static void sigmoid(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = 0.5f + 0.5f * rationalTanh(0.5f * x[i]);
    }
  }

  /** 1 / (1 + e^-x) in double precision. */
  public static void sigmoid(double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = 1 / (1 + Math.exp(-x[i]));
    }
  }

  private static float rationalTanh(float value) {
    float x = Math.max(-7.905311f, Math.min(7.905311f, value));
    float s = x * x;
    float p = -2.7607684e-16f;
    p = p * s + 2.000188e-13f;
    p = p * s - 8.604672e-11f;
    p = p * s + 5.1222973e-8f;
    p = p * s + 1.48572235e-5f;
    p = p * s + 6.3726195e-4f;
    p = p * s + 0.0048935246f;
    float q = 1.1982584e-6f;
    q = q * s + 1.1853471e-4f;
    q = q * s + 0.0022684347f;
    q = q * s + 0.004893525f;
    return x * p / q;
  }

  /**
   * e^x on the elements [from, to), in place, for x of at most 0: relative error below 1e-12 down
   * to -80, tiny beyond (below 1e-300 from -700 on). Taylor's polynomial at x / 1024, squared ten
   * times: five times as fast as Math.exp, since it vectorises.
   */
  public static void expOfNegative(double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      double r = Math.max(x[i], -700) * (1.0 / 1024);
      double p = 1.0 / 40320;
      p = p * r + 1.0 / 5040;
      p = p * r + 1.0 / 720;
      p = p * r + 1.0 / 120;
      p = p * r + 1.0 / 24;
      p = p * r + 1.0 / 6;
      p = p * r + 0.5;
      p = p * r + 1;
      p = p * r + 1;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      x[i] = p;
    }
  }
}
