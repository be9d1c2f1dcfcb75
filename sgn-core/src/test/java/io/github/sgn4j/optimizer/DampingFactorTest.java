package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.PlainBatch;
import io.github.sgn4j.testkit.PlainMlp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of parameters with a damping of their own. */
class DampingFactorTest {

  private static final double[] START =
      new Random(5).doubles(3 * 4 + 4 + 4 * 2 + 2, -1, 1).toArray();

  /** Parameters w0, b0, w1, b1. */
  private final PlainMlp objective =
      new PlainMlp(new int[] {3, 4, 2}, PlainMlp.Loss.SQUARED_ERROR, Precision.DOUBLE, START);

  private final PlainBatch batch = batch();

  private static PlainBatch batch() {
    Random random = new Random(1);
    double[][] x = new double[20][3];
    double[][] y = new double[20][2];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i][0] = Math.sin(x[i][0]);
      y[i][1] = x[i][1] * x[i][2];
    }
    return new PlainBatch(x, y);
  }

  /** Solved to convergence, without anything else. */
  private static SgnOptionsBuilder exact() {
    return SgnOptions.builder()
        .dampingRule(DampingRule.SCHEDULE)
        .lineSearch(false)
        .damping(0.1)
        .cgMaxIterations(500)
        .cgMinIterations(500)
        .cgTolerance(1e-13);
  }

  private FlatVector direction(SgnOptionsBuilder options) {
    SgnOptimizer optimizer = new SgnOptimizer(objective, options.build());
    optimizer.step(batch);
    return optimizer.direction();
  }

  /** -(G + rho D)^-1 g, column by column. */
  private double[] solve(double rho, double[] d) {
    FlatVector theta = objective.initialParameters();
    int n = theta.length();
    SimpleMatrix system = new SimpleMatrix(n, n);
    Linearization linearization = objective.linearize(theta, batch);
    FlatVector unit = theta.like();
    FlatVector column = theta.like();
    for (int j = 0; j < n; j++) {
      unit.fill(0);
      unit.set(j, 1);
      linearization.ggnVectorProduct(unit, column);
      for (int i = 0; i < n; i++) {
        system.set(i, j, column.get(i) + (i == j ? rho * d[i] : 0));
      }
    }
    linearization.gradient(column);
    SimpleMatrix rhs = new SimpleMatrix(n, 1, true, column.toDoubleArray());
    return system.solve(rhs.scale(-1)).getDDRM().getData();
  }

  /** D of these factors for w0, b0, w1, b1. */
  private double[] diagonal(double... factors) {
    FlatVector d = objective.initialParameters();
    for (int i = 0; i < factors.length; i++) {
      d.view(objective.parameters().all().get(i)).fill(factors[i]);
    }
    return d.toDoubleArray();
  }

  static Stream<SgnOptions> manyOptions() {
    return Stream.of(
        SgnOptions.reference(),
        SgnOptions.defaults(),
        SgnOptions.builder()
            .preconditioner(true)
            .stepRule(StepRule.QUADRATIC_MOMENTUM)
            .warmStart(0.5)
            .build(),
        SgnOptions.builder()
            .marquardtScaling(true)
            .preconditioner(true)
            .preconditionerSource(PreconditionerSource.HUTCHINSON)
            .build(),
        SgnOptions.builder().dampingRule(DampingRule.NIELSEN).solver(SolverKind.DENSE).build());
  }

  @ParameterizedTest
  @MethodSource("manyOptions")
  void factorsOfOneAreNone(SgnOptions options) {
    SgnOptimizer plain = new SgnOptimizer(objective, options);
    SgnOptimizer grouped =
        new SgnOptimizer(
            objective, options.toBuilder().dampingFactor("w*", 1).dampingFactor("b1", 1).build());
    for (int i = 0; i < 5; i++) {
      plain.step(batch);
      grouped.step(batch);
    }

    assertThat(grouped.theta().toDoubleArray()).isEqualTo(plain.theta().toDoubleArray());
  }

  @ParameterizedTest
  @EnumSource
  void theSameFactorForAllIsThatManyTimesTheDamping(DampingRule rule) {
    SgnOptionsBuilder options =
        exact().dampingRule(rule).preconditioner(true).preconditionerExponent(0.75);
    double[] expected = direction(options.damping(0.25)).toDoubleArray();

    double[] actual = direction(options.damping(0.05).dampingFactor("*", 5)).toDoubleArray();

    assertThat(actual).containsExactly(expected, within(1e-10));
  }

  @Test
  void theSystemHasEachGroupsDamping() {
    double[] direction =
        direction(exact().dampingFactor("w0", 7).dampingFactor("b*", 0.2)).toDoubleArray();

    assertThat(direction).containsExactly(solve(0.1, diagonal(7, 0.2, 1, 0.2)), within(1e-10));
  }

  @Test
  void theLastFactorThatWasGivenCounts() {
    SgnOptionsBuilder options =
        exact().dampingFactor("w1", 9).dampingFactor("*", 3).dampingFactor("w1", 2);

    assertThat(options.build().dampingFactors())
        .containsExactly(Map.entry("*", 3.0), Map.entry("w1", 2.0));
    assertThat(direction(options).toDoubleArray())
        .containsExactly(solve(0.1, diagonal(3, 3, 2, 3)), within(1e-10));
  }

  @Test
  void aHugeFactorHoldsItsGroup() {
    FlatVector direction = direction(exact().dampingFactor("?0", 1e12));
    FlatVector free = direction(exact());

    for (String held : List.of("w0", "b0")) {
      assertThat(direction.view(objective.parameters().get(held)).maxAbs())
          .isPositive()
          .isLessThan(1e-9 * free.maxAbs());
    }
    for (String moving : List.of("w1", "b1")) {
      assertThat(direction.view(objective.parameters().get(moving)).maxAbs())
          .isGreaterThan(0.1 * free.view(objective.parameters().get(moving)).maxAbs());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQUARED_GRADIENT", "HUTCHINSON"})
  void thePreconditionerHasTheGroupsDamping(PreconditionerSource source) {
    // The preconditioner changes the way, not the solution; and the first step shows it.
    SgnOptionsBuilder grouped =
        exact()
            .dampingFactor("w0", 50)
            .preconditioner(true)
            .preconditionerSource(source)
            .preconditionerExponent(0.75);
    assertThat(direction(grouped).toDoubleArray())
        .containsExactly(solve(0.1, diagonal(50, 1, 1, 1)), within(1e-10));

    FlatVector one = direction(grouped.cgMaxIterations(1).cgMinIterations(1));
    FlatVector gradient = objective.initialParameters().like();
    objective.linearize(objective.initialParameters(), batch).gradient(gradient);
    if (source == PreconditionerSource.SQUARED_GRADIENT) {
      double[] d = diagonal(50, 1, 1, 1);
      double length = Double.NaN;
      for (int i = 0; i < d.length; i++) {
        double g = gradient.get(i);
        double preconditioned = -g * Math.pow(g * g + 0.1 * d[i], -0.75);
        length = Double.isNaN(length) ? one.get(i) / preconditioned : length;
        assertThat(one.get(i)).isCloseTo(length * preconditioned, within(1e-12));
      }
    }
  }

  @Test
  void marquardtsScaleIsMultiplied() {
    SgnOptionsBuilder marquardt =
        exact().marquardtScaling(true).preconditionerSource(PreconditionerSource.HUTCHINSON);
    SgnOptimizer plain = new SgnOptimizer(objective, marquardt.build());
    plain.step(batch);
    double[] d = plain.state().vectors().get("damping scale").toDoubleArray();
    double[] factors = diagonal(1, 4, 1, 0.5);
    double largest = Arrays.stream(d).max().orElseThrow();
    for (int i = 0; i < d.length; i++) {
      d[i] = factors[i] * Math.max(d[i], 1e-6 * largest);
    }

    double[] direction =
        direction(marquardt.dampingFactor("b0", 4).dampingFactor("b1", 0.5)).toDoubleArray();

    assertThat(direction).containsExactly(solve(0.1, d), within(1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void everyDampingRuleTrainsAndIsRestoredWithGroups(DampingRule rule) {
    SgnOptions options =
        SgnOptions.builder()
            .dampingRule(rule)
            .dampingFactor("w*", 0.3)
            .dampingFactor("b*", 20)
            .build();
    SgnOptimizer original = new SgnOptimizer(objective, options);
    double first = original.step(batch).lossBefore();
    for (int i = 0; i < 3; i++) {
      original.step(batch);
    }
    SgnOptimizer copy = new SgnOptimizer(objective, options);
    copy.restore(original.state());
    for (int i = 0; i < 10; i++) {
      original.step(batch);
      copy.step(batch);
    }

    assertThat(original.step(batch).lossBefore()).isLessThan(0.8 * first);
    copy.step(batch);
    assertThat(copy.theta().toDoubleArray()).isEqualTo(original.theta().toDoubleArray());
  }

  @Test
  void thePredictedChangeCountsTheGroupsDamping() {
    // A quadratic step size by the undamped model needs d.G d = (r - m - rho D d).d.
    SgnOptionsBuilder options = exact().dampingFactor("w0", 9).stepRule(StepRule.QUADRATIC);
    SgnOptimizer optimizer = new SgnOptimizer(objective, options.build());
    FlatVector theta = objective.initialParameters();
    double size = optimizer.step(batch).stepSize();
    FlatVector product = theta.like();
    FlatVector gradient = theta.like();
    Linearization linearization = objective.linearize(theta, batch);
    linearization.ggnVectorProduct(optimizer.direction(), product);
    linearization.gradient(gradient);

    assertThat(size)
        .isCloseTo(
            -gradient.dot(optimizer.direction()) / product.dot(optimizer.direction()),
            within(1e-9));
  }

  @Test
  void refusesPatternsThatMatchNothing() {
    SgnOptions options = exact().dampingFactor("conv*", 2).build();

    assertThatThrownBy(() -> new SgnOptimizer(objective, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no parameter matches 'conv*'; there are [w0, b0, w1, b1]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesFactorsThatAreNotPositiveAndFinite(double factor) {
    assertThatThrownBy(() -> exact().dampingFactor("w0", factor).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option dampingFactor of 'w0' = " + factor + ": must be finite and above 0");
  }

  @Test
  void scalesStayWithinSinglePrecision() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("a", new long[] {1});
    shapes.put("b", new long[] {1});
    shapes.put("c", new long[] {1});
    ParameterSpace space = ParameterSpace.of(shapes);
    Map<String, Double> factors = new LinkedHashMap<>();
    factors.put("a", 1e-30);
    factors.put("b", 1e30);
    DampingScale scale = new DampingScale(factors, Precision.FLOAT, space);

    scale.set(FlatVector.of(Precision.FLOAT, 1e-30, 1e30, 2));

    assertThat(scale.diagonal().toDoubleArray())
        .containsExactly(Float.MIN_NORMAL, Float.MAX_VALUE, 2);
    assertThatThrownBy(() -> new DampingScale(Map.of("a", 1e-50), Precision.FLOAT, space))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dampingFactor of 'a' = 1.0E-50");
    assertThat(new DampingScale(Map.of(), Precision.FLOAT, space).diagonal()).isNull();
  }
}
