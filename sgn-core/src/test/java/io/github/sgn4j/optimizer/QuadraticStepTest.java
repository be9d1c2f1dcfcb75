package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.QuadraticStep.Outcome;
import io.github.sgn4j.optimizer.QuadraticStep.Terms;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuadraticStepTest {

  private static final int N = 6;

  /** The model of a random C, g, d and s. */
  private static Terms random(long seed) {
    DenseMatrix c = DenseMatrix.positiveDefinite(N, seed);
    Random random = new Random(seed);
    FlatVector g = vector(random);
    FlatVector d = vector(random);
    FlatVector s = vector(random);
    FlatVector cd = d.like();
    FlatVector cs = d.like();
    c.apply(d, cd);
    c.apply(s, cs);
    return new Terms(g.dot(d), g.dot(s), d.dot(cd), d.dot(cs), s.dot(cs));
  }

  private static FlatVector vector(Random random) {
    double[] values = new double[N];
    for (int i = 0; i < N; i++) {
      values[i] = random.nextGaussian();
    }
    return FlatVector.of(Precision.DOUBLE, values);
  }

  private static double model(Terms t, double a, double b) {
    return a * t.gd()
        + b * t.gs()
        + 0.5 * (a * a * t.dCd() + 2 * a * b * t.dCs() + b * b * t.sCs());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithADenseSolve(long seed) {
    Terms t = random(seed).damped(0.3, 2, 0.5, 3);
    SimpleMatrix matrix = new SimpleMatrix(new double[][] {{t.dCd(), t.dCs()}, {t.dCs(), t.sCs()}});
    SimpleMatrix expected = matrix.solve(new SimpleMatrix(new double[] {-t.gd(), -t.gs()}));

    QuadraticStep step = QuadraticStep.minimise(t);

    assertThat(step.outcome()).isEqualTo(Outcome.PLANE);
    assertThat(step.isRefused()).isFalse();
    assertThat(step.stepSize()).isCloseTo(expected.get(0), within(1e-13));
    assertThat(step.momentum()).isCloseTo(expected.get(1), within(1e-13));
    assertThat(step.change())
        .isCloseTo(model(t, step.stepSize(), step.momentum()), within(1e-13))
        .isNegative();
  }

  @Test
  void dampingAddsItsTerms() {
    assertThat(new Terms(1, 2, 3, 4, 5).damped(0.5, 6, 7, 8)).isEqualTo(new Terms(1, 2, 6, 7.5, 9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noOtherStepIsBetter(long seed) {
    Terms t = random(seed);
    QuadraticStep step = QuadraticStep.minimise(t);
    for (int i = -20; i <= 20; i++) {
      for (int j = -20; j <= 20; j++) {
        if (i != 0 || j != 0) {
          double a = step.stepSize() + 0.05 * i;
          double b = step.momentum() + 0.05 * j;
          assertThat(model(t, a, b)).isGreaterThan(step.change());
        }
      }
    }
  }

  @Test
  void doesNotDependOnTheLengthsOfDirectionAndStep() {
    Terms t = random(7);
    double d = 1e-90;
    double s = 1e80;
    Terms scaled =
        new Terms(d * t.gd(), s * t.gs(), d * d * t.dCd(), d * s * t.dCs(), s * s * t.sCs());

    QuadraticStep step = QuadraticStep.minimise(t);
    QuadraticStep other = QuadraticStep.minimise(scaled);

    assertThat(other.outcome()).isEqualTo(Outcome.PLANE);
    assertThat(other.stepSize() * d).isCloseTo(step.stepSize(), within(1e-12));
    assertThat(other.momentum() * s).isCloseTo(step.momentum(), within(1e-12));
    assertThat(other.change()).isCloseTo(step.change(), within(1e-12));
  }

  @Test
  void aNewtonDirectionIsTakenInFull() {
    // C d = -g: d.Cd = -g.d, d.Cs = -g.s.
    QuadraticStep step = QuadraticStep.minimise(new Terms(-4, 1, 4, -1, 3));

    assertThat(step.stepSize()).isCloseTo(1, within(1e-15));
    assertThat(step.momentum()).isCloseTo(0, within(1e-15));
    assertThat(step.change()).isCloseTo(-2, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({
    // s = 0, as in the first step
    "0, 0, 0",
    // s without positive curvature
    "-1, 0.5, -1",
    "-1, 0.5, 0",
    // parallel: s = 2 d
    "-6, 8, 16",
    // almost, and beyond what a positive definite C allows
    "-6, 8, 16.0001",
    "-6, -8, 15.9",
    "-6, 9, 16"
  })
  void aDegeneratePlaneLeavesTheDirection(double gs, double dCs, double sCs) {
    QuadraticStep step = QuadraticStep.minimise(new Terms(-3, gs, 4, dCs, sCs));

    assertThat(step.outcome()).isEqualTo(Outcome.LINE);
    assertThat(step.stepSize()).isEqualTo(0.75);
    assertThat(step.momentum()).isZero();
    assertThat(step.change()).isEqualTo(-9.0 / 8);
  }

  @ParameterizedTest
  @CsvSource({"0", "-4"})
  void aDirectionWithoutPositiveCurvatureIsRefused(double dCd) {
    QuadraticStep step = QuadraticStep.minimise(new Terms(-3, 1, dCd, 0, 1));

    assertThat(step).isEqualTo(new QuadraticStep(0, 0, 0, Outcome.NON_POSITIVE_CURVATURE));
    assertThat(step.isRefused()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 1, 1, 0, 1",
    "-1, Infinity, 1, 0, 1",
    "-1, 1, NaN, 0, 1",
    "-1, 1, Infinity, 0, 1",
    "-1, 1, 1, -Infinity, 1",
    "-1, 1, 1, 0, NaN",
    // finite, but the step is not
    "-1e300, 0, 1e-300, 0, 0"
  })
  void whatIsNotFiniteIsRefused(double gd, double gs, double dCd, double dCs, double sCs) {
    QuadraticStep step = QuadraticStep.minimise(new Terms(gd, gs, dCd, dCs, sCs));

    assertThat(step).isEqualTo(new QuadraticStep(0, 0, 0, Outcome.NON_FINITE));
    assertThat(step.isRefused()).isTrue();
  }
}
