package io.github.sgn4j.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class VectorMathTest {

  private static final int COUNT = 40_001;

  /** Points on [low, high], the ends included, between two that must be left alone. */
  private static float[] floats(double low, double high) {
    float[] x = new float[COUNT + 2];
    for (int i = 0; i < COUNT; i++) {
      x[i + 1] = (float) (low + (high - low) * i / (COUNT - 1));
    }
    x[0] = 0.75f;
    x[COUNT + 1] = 0.75f;
    return x;
  }

  private static double[] doubles(double low, double high) {
    double[] x = new double[COUNT + 2];
    for (int i = 0; i < COUNT; i++) {
      x[i + 1] = low + (high - low) * i / (COUNT - 1);
    }
    x[0] = 0.75;
    x[COUNT + 1] = 0.75;
    return x;
  }

  private static void assertClose(
      float[] actual, float[] x, DoubleUnaryOperator exact, double tolerance) {
    double worst = 0;
    for (int i = 1; i <= COUNT; i++) {
      worst = Math.max(worst, Math.abs(actual[i] - exact.applyAsDouble(x[i])));
    }
    assertThat(worst).isLessThan(tolerance);
    assertThat(actual[0]).isEqualTo(0.75f);
    assertThat(actual[COUNT + 1]).isEqualTo(0.75f);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void tanhInSinglePrecision() {
    for (double range : new double[] {1e-3, 1, 10, 1e30}) {
      float[] x = floats(-range, range);
      float[] y = x.clone();
      VectorMath.tanh(y, 1, COUNT + 1);
      assertClose(y, x, Math::tanh, 4e-7);
    }
  }

  @Test
  void sigmoidInSinglePrecision() {
    for (double range : new double[] {1e-3, 1, 20, 1e30}) {
      float[] x = floats(-range, range);
      float[] y = x.clone();
      VectorMath.sigmoid(y, 1, COUNT + 1);
      assertClose(y, x, VectorMathTest::sigmoid, 2e-7);
    }
  }

  @Test
  void activationsStayInTheirRange() {
    float[] t = {Float.NEGATIVE_INFINITY, -1e10f, 0, 1e10f, Float.POSITIVE_INFINITY};
    float[] s = t.clone();
    VectorMath.tanh(t, 0, t.length);
    VectorMath.sigmoid(s, 0, s.length);
    for (int i = 0; i < t.length; i++) {
      assertThat(t[i]).isBetween(-1f, 1f);
      assertThat(s[i]).isBetween(0f, 1f);
    }
    assertThat(t[2]).isZero();
    assertThat(s[2]).isEqualTo(0.5f);
  }

  @Test
  void doublePrecisionIsTheLibrarys() {
    double[] x = doubles(-30, 30);
    double[] t = x.clone();
    double[] s = x.clone();
    VectorMath.tanh(t, 1, COUNT + 1);
    VectorMath.sigmoid(s, 1, COUNT + 1);
    for (int i = 1; i <= COUNT; i++) {
      assertThat(t[i]).isCloseTo(Math.tanh(x[i]), within(1e-15));
      assertThat(s[i]).isCloseTo(sigmoid(x[i]), within(1e-15));
    }
    assertThat(t[0]).isEqualTo(0.75);
    assertThat(s[COUNT + 1]).isEqualTo(0.75);
  }

  @Test
  void exponentialIsAccurateWhereItCounts() {
    double[] x = doubles(-80, 0);
    double[] y = x.clone();
    VectorMath.expOfNegative(y, 1, COUNT + 1);
    double worst = 0;
    for (int i = 1; i <= COUNT; i++) {
      worst = Math.max(worst, Math.abs(y[i] / Math.exp(x[i]) - 1));
    }
    assertThat(worst).isLessThan(1e-12);
    assertThat(y[COUNT]).isEqualTo(1);
    assertThat(y[0]).isEqualTo(0.75);
    assertThat(y[COUNT + 1]).isEqualTo(0.75);
  }

  @Test
  void exponentialVanishesFarOut() {
    double[] y = {-100, -700, -1e4, -1e300, Double.NEGATIVE_INFINITY};
    VectorMath.expOfNegative(y, 0, y.length);
    assertThat(y[0]).isBetween(0.0, 1e-40);
    for (int i = 1; i < y.length; i++) {
      assertThat(y[i]).isBetween(0.0, 1e-300);
    }
  }

  @Test
  void nanPropagates() {
    float[] single = {1, Float.NaN, 2};
    double[] full = {-1, Double.NaN, -2};
    for (int i = 0; i < 2; i++) {
      float[] y = single.clone();
      double[] z = full.clone();
      if (i == 0) {
        VectorMath.tanh(y, 0, 3);
        VectorMath.tanh(z, 0, 3);
      } else {
        VectorMath.sigmoid(y, 0, 3);
        VectorMath.sigmoid(z, 0, 3);
      }
      assertThat(y[1]).isNaN();
      assertThat(z[1]).isNaN();
      assertThat(y[0]).isFinite();
      assertThat(z[2]).isFinite();
    }
    VectorMath.expOfNegative(full, 0, 3);
    assertThat(full[1]).isNaN();
  }
}
