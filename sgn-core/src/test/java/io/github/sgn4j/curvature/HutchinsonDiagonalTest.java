package io.github.sgn4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseFactor;
import io.github.sgn4j.testkit.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HutchinsonDiagonalTest {

  private static final int ROWS = 70;
  private static final int N = 6;
  private static final int MANY = 20_000;

  @Test
  void averagesToTheFactorsDiagonal() {
    DenseFactor factor = DenseFactor.random(ROWS, N, 1);
    FlatVector estimate = FlatVector.zeros(Precision.DOUBLE, N);
    FlatVector diagonal = estimate.like();
    factor.diagonal(diagonal);

    new HutchinsonDiagonal(Precision.DOUBLE, N, MANY, 3).estimate(factor, 1, estimate);

    for (int i = 0; i < N; i++) {
      // One probe's standard deviation is at most sqrt(2) times the diagonal element.
      double deviation = diagonal.get(i) * Math.sqrt(2.0 / MANY);
      assertThat(estimate.get(i)).isCloseTo(diagonal.get(i), within(4 * deviation));
    }
  }

  @Test
  void averagesToAnOperatorsDiagonalsAbsoluteValue() {
    DenseMatrix a = DenseMatrix.positiveDefinite(N, 1);
    a.values()[2][2] = -7;
    FlatVector estimate = FlatVector.zeros(Precision.DOUBLE, N);

    new HutchinsonDiagonal(Precision.DOUBLE, N, MANY, 3).estimate(a, 1, estimate);

    for (int i = 0; i < N; i++) {
      double variance = 0;
      for (int j = 0; j < N; j++) {
        variance += j == i ? 0 : a.values()[i][j] * a.values()[i][j];
      }
      assertThat(estimate.get(i))
          .isCloseTo(Math.abs(a.values()[i][i]), within(4 * Math.sqrt(variance / MANY)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isExactOnDiagonalMatricesWithOneProbe(Precision precision) {
    FlatVector estimate = FlatVector.zeros(precision, 3);
    HutchinsonDiagonal hutchinson = new HutchinsonDiagonal(precision, 3, 1, 3);

    hutchinson.estimate(DenseMatrix.diagonal(2, -3, 0), 1, estimate);
    assertThat(estimate.toDoubleArray()).containsExactly(2, 3, 0);

    hutchinson.estimate(DenseFactor.of(DenseMatrix.diagonal(4, 9, 16), true), 1, estimate);
    assertThat(estimate.toDoubleArray()).containsExactly(4, 9, 16);
  }

  @Test
  void drawsByStepAndSeedAlone() {
    DenseFactor factor = DenseFactor.random(ROWS, N, 1);
    HutchinsonDiagonal hutchinson = new HutchinsonDiagonal(Precision.DOUBLE, N, 2, 3);
    double[] first = estimate(hutchinson, factor, 1);
    double[] second = estimate(hutchinson, factor, 2);

    assertThat(estimate(hutchinson, factor, 1)).isEqualTo(first);
    assertThat(estimate(new HutchinsonDiagonal(Precision.DOUBLE, N, 2, 3), factor, 2))
        .isEqualTo(second)
        .isNotEqualTo(first);
    assertThat(estimate(new HutchinsonDiagonal(Precision.DOUBLE, N, 2, 4), factor, 1))
        .isNotEqualTo(first);
  }

  @Test
  void takesAFactorsCurvatureByItsFactor() {
    DenseFactor factor = DenseFactor.random(ROWS, N, 1);
    HutchinsonDiagonal hutchinson = new HutchinsonDiagonal(Precision.DOUBLE, N, 2, 3);
    double[] expected = estimate(hutchinson, factor, 1);
    FlatVector estimate = FlatVector.zeros(Precision.DOUBLE, N);

    hutchinson.estimate(new FactorCurvature(factor), 1, estimate);

    assertThat(estimate.toDoubleArray()).isEqualTo(expected);
    assertThat(factor.products()).isZero();
  }

  @Test
  void addsAFactorsRidge() {
    DenseFactor factor = DenseFactor.random(ROWS, N, 1);
    HutchinsonDiagonal hutchinson = new HutchinsonDiagonal(Precision.DOUBLE, N, 2, 3);
    FlatVector ridge = FlatVector.zeros(Precision.DOUBLE, N);
    ridge.set(1, 0.5);
    double[] expected = estimate(hutchinson, factor, 1);
    expected[1] += 0.5;

    assertThat(estimate(hutchinson, factor.withRidge(ridge), 1)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesNoProbes(int probes) {
    assertThatThrownBy(() -> new HutchinsonDiagonal(Precision.DOUBLE, N, probes, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probes = " + probes + ": must be at least 1");
  }

  @Test
  void refusesOtherDimensions() {
    HutchinsonDiagonal hutchinson = new HutchinsonDiagonal(Precision.DOUBLE, N + 1, 1, 3);
    FlatVector result = FlatVector.zeros(Precision.DOUBLE, N + 1);

    assertThatThrownBy(() -> hutchinson.estimate(DenseFactor.random(ROWS, N, 1), 1, result))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dimension 6");
    assertThatThrownBy(() -> hutchinson.estimate(DenseMatrix.positiveDefinite(N, 1), 1, result))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dimension 6");
  }

  private static double[] estimate(HutchinsonDiagonal hutchinson, DenseFactor factor, long step) {
    FlatVector result = FlatVector.zeros(Precision.DOUBLE, N);
    hutchinson.estimate(factor, step, result);
    return result.toDoubleArray();
  }
}
