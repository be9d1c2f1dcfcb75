package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.testkit.FactorChecks;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Factors of curvature matrices against those matrices by other ways. */
class CurvatureFactorTest {

  static Stream<FactorCase> cases() {
    return FactorCase.all();
  }

  private static FactorChecks checks(CurvatureFactor factor) {
    return new FactorChecks(factor, Precision.DOUBLE, 1e-13);
  }

  /** The Gauss-Newton matrix, column by column. */
  private static SimpleMatrix gaussNewton(Linearization linearization, FlatVector theta) {
    SimpleMatrix g = new SimpleMatrix(theta.length(), theta.length());
    FlatVector e = theta.like();
    FlatVector column = theta.like();
    for (int i = 0; i < theta.length(); i++) {
      e.fill(0);
      e.set(i, 1);
      linearization.ggnVectorProduct(e, column);
      g.setColumn(i, 0, column.toDoubleArray());
    }
    return g;
  }

  private static SimpleMatrix gradient(
      SameDiffObjective objective, FlatVector theta, ArrayBatch batch) {
    FlatVector gradient = theta.like();
    try (Linearization linearization = objective.linearize(theta, batch)) {
      linearization.gradient(gradient);
    }
    return new SimpleMatrix(theta.length(), 1, true, gradient.toDoubleArray());
  }

  private static void assertClose(SimpleMatrix actual, SimpleMatrix expected, double tolerance) {
    double scale = expected.elementMaxAbs();
    assertThat(scale).isPositive();
    assertThat(actual.minus(expected).elementMaxAbs()).isLessThanOrEqualTo(tolerance * scale);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theGaussNewtonMatrixIsTheFactorsSquare(FactorCase c) {
    for (KernelChoice kernels : KernelChoice.values()) {
      try (SameDiffObjective objective = c.builder(DataType.DOUBLE).kernels(kernels).build()) {
        FlatVector theta = objective.initialParameters();
        try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
          CurvatureFactor factor = linearization.ggnFactor().orElseThrow();
          assertThat(factor.columns()).isEqualTo(3);
          assertThat(factor.rows()).isEqualTo(3 * FactorCase.SAMPLES);
          assertThat(factor.dimension()).isEqualTo(theta.length());
          SimpleMatrix a = checks(factor).matrix();
          checks(factor).products(a);
          assertClose(a.transpose().mult(a), gaussNewton(linearization, theta), 1e-13);
          assertThat(factor.isLayered()).isEqualTo(kernels == KernelChoice.AUTO);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theEmpiricalFisherMatrixIsTheMeanOfGradientsSquares(FactorCase c) {
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      SimpleMatrix expected = new SimpleMatrix(theta.length(), theta.length());
      for (int n = 0; n < FactorCase.SAMPLES; n++) {
        SimpleMatrix g = gradient(objective, theta, c.sample(n));
        expected = expected.plus(g.mult(g.transpose()).divide(FactorCase.SAMPLES));
      }
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
        CurvatureFactor factor = linearization.empiricalFisherFactor().orElseThrow();
        assertThat(factor.columns()).isEqualTo(1);
        SimpleMatrix a = checks(factor).matrix();
        checks(factor).products(a);
        assertClose(a.transpose().mult(a), expected, 1e-13);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void layersGiveTheSameAsProducts(FactorCase c) {
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
        for (int i = 0; i < 3; i++) {
          CurvatureFactor factor =
              switch (i) {
                case 0 -> linearization.ggnFactor().orElseThrow();
                case 1 -> linearization.empiricalFisherFactor().orElseThrow();
                default -> linearization.sampledFisherFactor(4, 8).orElseThrow();
              };
          FlatVector before = theta.like();
          linearization.gradient(before);
          checks(factor).layers(checks(factor).matrix());
          FlatVector after = theta.like();
          linearization.gradient(after);
          assertThat(after.toDoubleArray()).isEqualTo(before.toDoubleArray());
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void singlePrecisionAgrees(FactorCase c) {
    SimpleMatrix expected;
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
        expected = checks(linearization.ggnFactor().orElseThrow()).matrix();
      }
    }
    try (SameDiffObjective objective = c.builder(DataType.FLOAT).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.FLOAT))) {
        CurvatureFactor factor = linearization.ggnFactor().orElseThrow();
        FactorChecks checks = new FactorChecks(factor, Precision.FLOAT, 1e-5);
        assertClose(checks.matrix(), expected, 1e-5);
        checks.products(expected);
        checks.layers(expected);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void drawnTargetsGiveTheGaussNewtonMatrixOnAverage(FactorCase c) {
    int draws = 10_000;
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
        CurvatureFactor factor = linearization.sampledFisherFactor(draws, 1).orElseThrow();
        assertThat(factor.columns()).isEqualTo(draws);
        double[] matrix = new double[factor.rows() * factor.dimension()];
        factor.matrix(matrix);
        SimpleMatrix a = new SimpleMatrix(factor.rows(), factor.dimension(), true, matrix);
        SimpleMatrix expected = gaussNewton(linearization, theta);
        // A thousand draws are off by 3 %.
        assertClose(a.transpose().mult(a), expected, 0.05);
        SimpleMatrix empirical =
            checks(linearization.empiricalFisherFactor().orElseThrow()).matrix();
        SimpleMatrix other = empirical.transpose().mult(empirical);
        assertThat(other.minus(expected).elementMaxAbs())
            .as("another matrix would be noticed")
            .isGreaterThan(0.1 * expected.elementMaxAbs());
      }
    }
  }

  @Test
  void drawnRowsAreGradientsForClasses() {
    FactorCase c = cases().skip(1).findFirst().orElseThrow();
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      INDArray x = c.batch(DataType.DOUBLE).inputs().get(0);
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
        int draws = 12;
        CurvatureFactor factor = linearization.sampledFisherFactor(draws, 5).orElseThrow();
        SimpleMatrix a = checks(factor).matrix().scale(Math.sqrt(draws * FactorCase.SAMPLES));
        int[] seen = new int[3];
        for (int n = 0; n < FactorCase.SAMPLES; n++) {
          SimpleMatrix[] gradients = new SimpleMatrix[3];
          for (int k = 0; k < 3; k++) {
            ArrayBatch one =
                ArrayBatch.of(BoundBatch.samples(x, n, n + 1), Nd4j.createFromArray(k));
            gradients[k] = gradient(objective, theta, one);
          }
          for (int k = 0; k < draws; k++) {
            SimpleMatrix row = a.getRow(n * draws + k).transpose();
            int[] equal =
                IntStream.range(0, 3)
                    .filter(i -> row.minus(gradients[i]).elementMaxAbs() < 1e-12)
                    .toArray();
            assertThat(equal).hasSize(1);
            seen[equal[0]]++;
          }
        }
        assertThat(seen).doesNotContain(0);
      }
    }
  }

  @Test
  void aSeedGivesItsDraws() {
    FactorCase c = cases().findFirst().orElseThrow();
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
        SimpleMatrix[] matrices = new SimpleMatrix[3];
        long[] seeds = {7, 8, 7};
        for (int i = 0; i < 3; i++) {
          CurvatureFactor factor = linearization.sampledFisherFactor(2, seeds[i]).orElseThrow();
          matrices[i] = checks(factor).matrix();
        }
        assertThat(matrices[2].isIdentical(matrices[0], 0)).isTrue();
        assertThat(matrices[1].isIdentical(matrices[0], 1e-3)).isFalse();
      }
    }
  }

  @Test
  void samplesMayHaveOutputsOfAnyRank() {
    Net net = new Net(DataType.DOUBLE);
    net.sd.identity("out", net.sd.nn.tanh(net.active(2, 3)));
    ArrayBatch batch =
        ArrayBatch.of(
            Nd4j.linspace(-1, 1, 16, DataType.DOUBLE).reshape(4, 4),
            Nd4j.zeros(DataType.DOUBLE, 4, 2, 3));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd).output("out").loss(Losses.meanSquaredError()).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, batch)) {
        CurvatureFactor factor = linearization.ggnFactor().orElseThrow();
        assertThat(factor.columns()).isEqualTo(6);
        SimpleMatrix a = checks(factor).matrix();
        assertClose(a.transpose().mult(a), gaussNewton(linearization, theta), 1e-13);
      }
    }
  }
}
