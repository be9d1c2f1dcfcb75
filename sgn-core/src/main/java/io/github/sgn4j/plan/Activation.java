package io.github.sgn4j.plan;

import io.github.sgn4j.nd.VectorMath;
import java.util.Arrays;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.ScalarOp;

/** Activations that a dense layer computes itself: their derivative follows from their value. */
enum Activation {
  IDENTITY,
  SIGMOID,
  TANH,
  RELU;

  /** The activation that an op is, or null. */
  static Activation of(DifferentialFunction op) {
    return switch (op.opName()) {
      case "sigmoid" -> SIGMOID;
      case "tanh" -> TANH;
      case "relu" ->
          op instanceof ScalarOp scalar && scalar.scalar().getDouble(0) == 0 ? RELU : null;
      default -> null;
    };
  }

  /** Replaces x by f(x). */
  void apply(float[] x, int count) {
    switch (this) {
      case IDENTITY -> {}
      case SIGMOID -> VectorMath.sigmoid(x, 0, count);
      case TANH -> VectorMath.tanh(x, 0, count);
      case RELU -> relu(x, count);
    }
  }

  /** Replaces x by f(x). */
  void apply(double[] x, int count) {
    switch (this) {
      case IDENTITY -> {}
      case SIGMOID -> VectorMath.sigmoid(x, 0, count);
      case TANH -> VectorMath.tanh(x, 0, count);
      case RELU -> relu(x, count);
    }
  }

  /**
   * Replaces the values y = f(x) by f'(x). At 0, relu's is 0, as SameDiff's. Its loops have no
   * comparison, which would not vectorise: what is positive becomes huge.
   */
  void slope(float[] y) {
    switch (this) {
      case IDENTITY -> Arrays.fill(y, 1);
      case SIGMOID -> {
        for (int i = 0; i < y.length; i++) {
          y[i] = y[i] * (1 - y[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < y.length; i++) {
          y[i] = 1 - y[i] * y[i];
        }
      }
      case RELU -> {
        for (int i = 0; i < y.length; i++) {
          y[i] = Math.min(1, y[i] * 1e38f * 1e38f);
        }
      }
    }
  }

  /** Replaces the values y = f(x) by f'(x). */
  void slope(double[] y) {
    switch (this) {
      case IDENTITY -> Arrays.fill(y, 1);
      case SIGMOID -> {
        for (int i = 0; i < y.length; i++) {
          y[i] = y[i] * (1 - y[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < y.length; i++) {
          y[i] = 1 - y[i] * y[i];
        }
      }
      case RELU -> {
        for (int i = 0; i < y.length; i++) {
          y[i] = Math.min(1, y[i] * 1e308 * 1e308);
        }
      }
    }
  }

  private static void relu(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = Math.max(x[i], 0);
    }
  }

  private static void relu(double[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = Math.max(x[i], 0);
    }
  }
}
