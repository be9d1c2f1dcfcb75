package io.github.sgn4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanczosSpectrumTest {

  private static RitzValues ritz(CurvatureOperator operator, int steps, long seed) {
    return new LanczosSpectrum(Precision.DOUBLE, operator.dimension(), steps)
        .ritzValues(operator, seed);
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1e-13", "FLOAT, 1e-5"})
  void asManyStepsAsDimensionsFindAllEigenvalues(Precision precision, double error) {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(25, 1);
    double[] exact = SmallNet.eigenvalues(matrix.values());

    RitzValues ritz = new LanczosSpectrum(precision, 25, 99).ritzValues(matrix, 2);

    assertThat(ritz.values()).containsExactly(exact, within(error * exact[24]));
    assertThat(matrix.products()).isEqualTo(25);
    assertThat(ritz.smallest()).isEqualTo(ritz.values()[0]);
    assertThat(ritz.largest()).isEqualTo(ritz.values()[24]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12, 20})
  void withinItsBoundOfEachRitzValueIsAnEigenvalue(int steps) {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(40, 3);
    double[] exact = SmallNet.eigenvalues(matrix.values());

    RitzValues ritz = ritz(matrix, steps, 4);

    assertThat(ritz.values()).hasSize(steps).isSorted();
    for (int i = 0; i < steps; i++) {
      double value = ritz.values()[i];
      double nearest = Arrays.stream(exact).map(x -> Math.abs(x - value)).min().orElseThrow();
      assertThat(nearest).isLessThanOrEqualTo(ritz.errorBounds()[i] + 1e-12 * exact[39]);
    }
    assertThat(ritz.smallest()).isGreaterThan(exact[0] - 1e-12);
    assertThat(ritz.largest()).isLessThan(exact[39] + 1e-12 * exact[39]);
  }

  @Test
  void theBoundsAreThoseOfTheResiduals() {
    // One step: the Ritz value is q.Aq, its residual Aq - (q.Aq) q.
    DenseMatrix matrix = DenseMatrix.positiveDefinite(6, 5);
    FlatVector q = SmallNet.normal(Precision.DOUBLE, 6, 6);
    q.scale(1 / q.norm());
    FlatVector residual = q.like();
    matrix.apply(q, residual);
    double value = q.dot(residual);
    residual.axpy(-value, q);

    RitzValues ritz = ritz(matrix, 1, 6);

    assertThat(ritz.values()).containsExactly(new double[] {value}, within(1e-13));
    assertThat(ritz.errorBounds()).containsExactly(new double[] {residual.norm()}, within(1e-13));
  }

  @Test
  void findsTheExtremeEigenvaluesFirst() {
    double[] diagonal = IntStream.range(0, 300).mapToDouble(i -> i / 300.0).toArray();
    diagonal[17] = 5;
    diagonal[200] = -2;

    RitzValues ritz = ritz(DenseMatrix.diagonal(diagonal), 20, 7);

    assertThat(ritz.largest()).isCloseTo(5, within(1e-9));
    assertThat(ritz.smallest()).isCloseTo(-2, within(1e-9));
    assertThat(ritz.errorBounds()[0]).isLessThan(1e-4);
    assertThat(ritz.errorBounds()[19]).isLessThan(1e-4);
  }

  @ParameterizedTest
  @EnumSource
  void stopsWhereTheSpaceIsInvariant(Precision precision) {
    DenseMatrix matrix = DenseMatrix.diagonal(1, 5, 1, 5, 1, 1);

    RitzValues ritz = new LanczosSpectrum(precision, 6, 6).ritzValues(matrix, 8);

    assertThat(ritz.values()).containsExactly(new double[] {1, 5}, within(1e-5));
    assertThat(ritz.errorBounds()).containsExactly(new double[] {0, 0}, within(1e-5));
    assertThat(matrix.products()).isEqualTo(2);
  }

  @Test
  void aZeroMatrixHasTheEigenvalueZero() {
    RitzValues ritz = ritz(DenseMatrix.diagonal(0, 0, 0), 3, 9);

    assertThat(ritz.values()).containsExactly(0);
    assertThat(ritz.weights()).containsExactly(new double[] {1}, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource
  void makesNoCopiesOfAnEigenvalueThatWasFoundEarly(Precision precision) {
    double[] diagonal = IntStream.range(0, 60).mapToDouble(i -> (i + 1) / 60.0).toArray();
    diagonal[30] = 100;

    RitzValues ritz =
        new LanczosSpectrum(precision, 60, 50).ritzValues(DenseMatrix.diagonal(diagonal), 10);

    assertThat(ritz.values()).hasSize(50);
    assertThat(Arrays.stream(ritz.values()).filter(x -> x > 50)).hasSize(1);
  }

  @Test
  void itsWeightsIntegratePolynomialsExactly() {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(9, 11);
    FlatVector q = SmallNet.normal(Precision.DOUBLE, 9, 12);
    q.scale(1 / q.norm());
    RitzValues ritz = ritz(matrix, 4, 12);

    FlatVector power = q.copy();
    FlatVector next = q.like();
    for (int degree = 0; degree < 8; degree++) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += ritz.weights()[i] * Math.pow(ritz.values()[i], degree);
      }
      assertThat(sum / q.dot(power)).isCloseTo(1, within(1e-11));
      matrix.apply(power, next);
      power.assign(next);
    }
  }

  @Test
  void theDensityApproachesTheDistributionOfTheEigenvalues() {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(40, 13);
    double[] exact = SmallNet.eigenvalues(matrix.values());

    SpectralDensity density =
        new LanczosSpectrum(Precision.DOUBLE, 40, 15).density(matrix, 400, 14);

    assertThat(density.masses()).hasSize(400 * 15);
    assertThat(density.mean(x -> 1)).isCloseTo(1, within(1e-12));
    assertThat(density.mean(x -> x))
        .isCloseTo(SmallNet.trace(matrix.values()) / 40, within(0.03 * exact[39]));
    assertThat(density.mean(Math::log))
        .isCloseTo(Arrays.stream(exact).map(Math::log).average().orElseThrow(), within(0.05));
    assertThat(density.shareUpTo(exact[9] + 1)).isCloseTo(share(exact, exact[9] + 1), within(0.1));
    assertThat(density.shareUpTo(exact[0] - 1)).isZero();
    assertThat(density.shareUpTo(exact[39] + 1)).isCloseTo(1, within(1e-12));
  }

  private static double share(double[] values, double most) {
    return (double) Arrays.stream(values).filter(x -> x <= most).count() / values.length;
  }

  @Test
  void theSmoothedDensityIsADensity() {
    DenseMatrix matrix = DenseMatrix.diagonal(-1, 0, 2, 3);
    SpectralDensity density = new LanczosSpectrum(Precision.DOUBLE, 4, 4).density(matrix, 3, 15);

    double integral = 0;
    for (double t = -3; t < 5; t += 0.01) {
      integral += 0.01 * density.smoothed(t, 0.2);
    }

    assertThat(integral).isCloseTo(1, within(1e-6));
    double share = density.shareUpTo(2.5) - density.shareUpTo(1);
    assertThat(density.smoothed(2, 1e-3))
        .isCloseTo(share / (1e-3 * Math.sqrt(2 * Math.PI)), within(1e-6));
    assertThatThrownBy(() -> density.smoothed(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width = 0.0: must be above 0");
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(12, 16);
    LanczosSpectrum lanczos = new LanczosSpectrum(Precision.FLOAT, 12, 5);
    SpectralDensity first = lanczos.density(matrix, 3, 17);

    assertThat(lanczos.density(matrix, 3, 17)).isEqualTo(first);
    assertThat(lanczos.density(matrix, 3, 18)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void agreesWithADecompositionOfANetworksCurvature(boolean hessian) {
    SmallNet net = new SmallNet(Precision.DOUBLE, 4, 6, 5, 3);
    CurvatureOperator operator = hessian ? net.hessian() : net.gaussNewton();
    double[] exact = SmallNet.eigenvalues(SmallNet.dense(operator, Precision.DOUBLE));

    RitzValues ritz = ritz(operator, 40, 19);

    assertThat(ritz.largest()).isCloseTo(exact[exact.length - 1], within(1e-7));
    assertThat(ritz.smallest()).isCloseTo(exact[0], within(1e-4));
  }

  @Test
  void refusesWhatDoesNotFit() {
    LanczosSpectrum lanczos = new LanczosSpectrum(Precision.DOUBLE, 3, 2);

    assertThatThrownBy(() -> lanczos.ritzValues(DenseMatrix.diagonal(1, 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an operator of dimension 2 does not go with vectors of 3");
    assertThatThrownBy(() -> lanczos.density(DenseMatrix.diagonal(1, 2, 3), 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("starts = 0: must be at least 1");
    assertThatThrownBy(() -> new LanczosSpectrum(Precision.DOUBLE, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("steps = 0: must be at least 1");
    assertThatThrownBy(() -> new LanczosSpectrum(Precision.DOUBLE, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension = 0: must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAnOperatorWhoseProductsAreNoNumbers(double bad) {
    DenseMatrix matrix = DenseMatrix.diagonal(1, bad, 2);

    assertThatThrownBy(() -> ritz(matrix, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("product 1 of the operator");
  }
}
