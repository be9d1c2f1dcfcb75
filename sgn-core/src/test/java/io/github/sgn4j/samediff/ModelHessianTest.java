package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.curvature.HessianOperator;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Differences of a model's gradients, whose rounding is that of its precision. */
class ModelHessianTest {

  private static final int SAMPLES = 50;

  private static SameDiffObjective objective(DataType type) {
    return SameDiffObjective.builder(MlpObjectiveTest.mlp(type, 4, 20, 20, 3))
        .output("out")
        .loss(Losses.softmaxCrossEntropy())
        .build();
  }

  private static ArrayBatch batch(DataType type) {
    INDArray inputs = Net.normal(new Random(1), DataType.DOUBLE, SAMPLES, 4);
    int[] classes = new Random(2).ints(SAMPLES, 0, 3).toArray();
    return ArrayBatch.of(inputs.castTo(type), Nd4j.createFromArray(classes));
  }

  private static FlatVector normal(Precision precision, int length, long seed) {
    return FlatVector.of(precision, new Random(seed).doubles(length, -1, 1).toArray());
  }

  private static double[] product(DataType type, Precision precision, long seed) {
    try (SameDiffObjective objective = objective(type)) {
      int n = objective.parameters().dimension();
      FlatVector v = normal(precision, n, seed);
      FlatVector result = v.like();
      new HessianOperator(objective, normal(precision, n, 3), batch(type)).apply(v, result);
      return result.toDoubleArray();
    }
  }

  /** max|a - b| / max|b|. */
  private static double error(double[] a, double[] b) {
    FlatVector difference = FlatVector.of(Precision.DOUBLE, a);
    FlatVector reference = FlatVector.of(Precision.DOUBLE, b);
    difference.axpy(-1, reference);
    return difference.maxAbs() / reference.maxAbs();
  }

  @Test
  void isRightToEightDigitsInDoublePrecisionAndCoarseInSingle() {
    for (long seed = 4; seed < 8; seed++) {
      double[] exact = extrapolated(seed);

      assertThat(error(product(DataType.DOUBLE, Precision.DOUBLE, seed), exact)).isLessThan(1e-8);
      assertThat(error(product(DataType.FLOAT, Precision.FLOAT, seed), exact)).isLessThan(1e-3);
    }
  }

  /** (4 D(h/2) - D(h)) / 3 with D the central difference: an error of the order of h^4. */
  private static double[] extrapolated(long seed) {
    try (SameDiffObjective objective = objective(DataType.DOUBLE)) {
      int n = objective.parameters().dimension();
      FlatVector v = normal(Precision.DOUBLE, n, seed);
      double h = 4e-3 / v.norm();
      FlatVector result = difference(objective, v, h / 2);
      result.axpby(-1.0 / 3, difference(objective, v, h), 4.0 / 3);
      return result.toDoubleArray();
    }
  }

  private static FlatVector difference(SameDiffObjective objective, FlatVector v, double h) {
    FlatVector result = v.like();
    FlatVector before = v.like();
    FlatVector at = normal(Precision.DOUBLE, v.length(), 3);
    at.axpy(h, v);
    gradient(objective, at, result);
    at.axpy(-2 * h, v);
    gradient(objective, at, before);
    result.axpy(-1, before);
    result.scale(1 / (2 * h));
    return result;
  }

  private static void gradient(SameDiffObjective objective, FlatVector theta, FlatVector result) {
    try (Linearization linearization = objective.linearize(theta, batch(DataType.DOUBLE))) {
      linearization.gradient(result);
    }
  }
}
