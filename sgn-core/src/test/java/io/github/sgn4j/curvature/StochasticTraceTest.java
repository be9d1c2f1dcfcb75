package io.github.sgn4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.StochasticTrace.Estimate;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StochasticTraceTest {

  private static StochasticTrace traceOf(CurvatureOperator operator) {
    return new StochasticTrace(Precision.DOUBLE, operator.dimension());
  }

  /** sum of w_k u_k u_k^T over random vectors u_k. */
  private static DenseMatrix ofRank(int n, double... weights) {
    double[][] a = new double[n][n];
    for (int k = 0; k < weights.length; k++) {
      FlatVector u = SmallNet.normal(Precision.DOUBLE, n, 100 + k);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] += weights[k] * u.get(i) * u.get(j);
        }
      }
    }
    return new DenseMatrix(a);
  }

  @ParameterizedTest
  @EnumSource
  void aDiagonalsTraceIsExact(Precision precision) {
    DenseMatrix matrix = DenseMatrix.diagonal(1, -2, 4, 8);

    Estimate estimate = new StochasticTrace(precision, 4).hutchinson(matrix, 3, 1);

    assertThat(estimate).isEqualTo(new Estimate(11, 0, 3));
    assertThat(matrix.products()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isAsFarOffAsItSays(long seed) {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(20, seed);
    double trace = SmallNet.trace(matrix.values());
    double offDiagonal = 0;
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        offDiagonal += i == j ? 0 : Math.pow(matrix.values()[i][j], 2);
      }
    }
    double theory = Math.sqrt(2 * offDiagonal / 2000);

    Estimate estimate = traceOf(matrix).hutchinson(matrix, 2000, seed);

    assertThat(estimate.standardError() / theory).isBetween(0.9, 1.1);
    assertThat(Math.abs(estimate.trace() - trace)).isLessThan(3 * theory);
  }

  @Test
  void aSingleSampleHasNoError() {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(5, 1);

    assertThat(traceOf(matrix).hutchinson(matrix, 1, 1).standardError()).isNaN();
    assertThat(traceOf(matrix).hutchPlusPlus(matrix, 3, 1).standardError()).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void hutchPlusPlusIsExactForALowRank(Precision precision) {
    DenseMatrix matrix = ofRank(30, 3, 2, -1, 0.5);
    double trace = SmallNet.trace(matrix.values());
    double error = 1e3 * precision.epsilon() * trace;

    Estimate estimate = new StochasticTrace(precision, 30).hutchPlusPlus(matrix, 18, 4);

    assertThat(estimate.trace()).isCloseTo(trace, within(error));
    assertThat(estimate.standardError()).isLessThan(error);
    assertThat(estimate.products()).isEqualTo(18).isEqualTo(matrix.products());
  }

  @Test
  void hutchPlusPlusIsBetterWhereEigenvaluesDecay() {
    double[] weights = IntStream.range(0, 30).mapToDouble(i -> Math.pow(0.7, i)).toArray();
    DenseMatrix matrix = ofRank(60, weights);
    double trace = SmallNet.trace(matrix.values());
    StochasticTrace estimator = traceOf(matrix);
    double plain = 0;
    double better = 0;
    double claimed = 0;
    for (int seed = 0; seed < 50; seed++) {
      plain += Math.pow(estimator.hutchinson(matrix, 24, seed).trace() - trace, 2);
      Estimate estimate = estimator.hutchPlusPlus(matrix, 24, seed);
      better += Math.pow(estimate.trace() - trace, 2);
      claimed += Math.pow(estimate.standardError(), 2);
    }

    assertThat(better).isLessThan(plain / 10);
    assertThat(better / claimed).isBetween(0.4, 2.5);
  }

  @Test
  void hutchPlusPlusTakesMoreProductsThanDimensions() {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(4, 2);

    Estimate estimate = traceOf(matrix).hutchPlusPlus(matrix, 30, 5);

    // Of four vectors of four signs some may be the same but for the sign.
    assertThat(estimate.trace())
        .isCloseTo(SmallNet.trace(matrix.values()), within(1e-12 + 3 * estimate.standardError()));
    assertThat(estimate.products()).isEqualTo(30);
  }

  @Test
  void agreesWithTheDiagonalOfANetworksCurvature() {
    SmallNet net = new SmallNet(Precision.DOUBLE, 4, 6, 5, 3);
    GaussNewton curvature = net.gaussNewton();
    double trace = SmallNet.trace(SmallNet.dense(curvature, Precision.DOUBLE));

    Estimate plain = traceOf(curvature).hutchinson(curvature, 300, 6);
    Estimate better = traceOf(curvature).hutchPlusPlus(curvature, 90, 6);

    assertThat(Math.abs(plain.trace() - trace)).isLessThan(3 * plain.standardError());
    assertThat(plain.standardError()).isLessThan(0.1 * trace);
    assertThat(better.trace()).isCloseTo(trace, within(1e-6 * trace));
  }

  @Test
  void refusesWhatDoesNotFit() {
    DenseMatrix matrix = DenseMatrix.diagonal(1, 2);
    StochasticTrace three = new StochasticTrace(Precision.DOUBLE, 3);

    assertThatThrownBy(() -> three.hutchinson(matrix, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an operator of dimension 2 does not go with vectors of 3");
    assertThatThrownBy(() -> traceOf(matrix).hutchinson(matrix, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("samples = 0: must be at least 1");
    assertThatThrownBy(() -> traceOf(matrix).hutchPlusPlus(matrix, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("products = 2: must be at least 3");
    assertThatThrownBy(() -> traceOf(matrix).hutchinson(DenseMatrix.diagonal(1, Double.NaN), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN or infinite");
  }
}
