package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.LossFamily;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.PlainBatch;
import io.github.sgn4j.testkit.PlainMlp;
import io.github.sgn4j.testkit.Quadratic;
import java.util.Collections;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of a step that the reference does not have. */
class SgnPartsTest {

  private static final int N = 24;

  private final PlainMlp objective = mlp();
  private final PlainBatch batch = batch(N, 1);

  private static PlainMlp mlp() {
    double[] theta = new double[3 * 4 + 4 + 4 * 2 + 2];
    Random random = new Random(5);
    for (int i = 0; i < theta.length; i++) {
      theta[i] = random.nextGaussian();
    }
    return new PlainMlp(new int[] {3, 4, 2}, PlainMlp.Loss.SQUARED_ERROR, Precision.DOUBLE, theta);
  }

  private static PlainBatch batch(int n, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[n][3];
    double[][] y = new double[n][2];
    for (int i = 0; i < n; i++) {
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
        .trustRegion(false)
        .lineSearch(false)
        .damping(0.1)
        .cgMaxIterations(500)
        .cgMinIterations(500)
        .cgTolerance(1e-13);
  }

  private static double[] solve(
      Objective objective, PlainBatch gradientOf, PlainBatch curvatureOf, double damping) {
    FlatVector theta = objective.initialParameters();
    FlatVector g = theta.like();
    objective.linearize(theta, gradientOf).gradient(g);
    int n = theta.length();
    SimpleMatrix system = SimpleMatrix.identity(n).scale(damping);
    Linearization curvature = objective.linearize(theta, curvatureOf);
    FlatVector unit = theta.like();
    FlatVector column = theta.like();
    for (int j = 0; j < n; j++) {
      unit.fill(0);
      unit.set(j, 1);
      curvature.ggnVectorProduct(unit, column);
      for (int i = 0; i < n; i++) {
        system.set(i, j, system.get(i, j) + column.get(i));
      }
    }
    SimpleMatrix rhs = new SimpleMatrix(n, 1, true, g.toDoubleArray());
    return system.solve(rhs.scale(-1)).getDDRM().getData();
  }

  @Test
  void theCurvatureMayComeFromABatchOfItsOwn() {
    SgnOptimizer optimizer = new SgnOptimizer(objective, exact().build());
    PlainBatch other = batch(7, 2);

    StepReport report = optimizer.step(batch, other);

    assertThat(optimizer.direction().toDoubleArray())
        .containsExactly(solve(objective, batch, other, 0.1), within(1e-9));
    assertThat(report.curvatureSamples()).isEqualTo(7);
    assertThat(report.lossBefore())
        .isEqualTo(objective.value(objective.initialParameters(), batch));
  }

  @Test
  void theCurvatureMayComeFromAPartOfTheBatchAnotherInEveryStep() {
    SgnOptimizer optimizer = new SgnOptimizer(objective, exact().curvatureSamples(10).build());
    FlatVector start = objective.initialParameters();
    Set<Integer> places = new HashSet<>();

    for (int step = 0; step < 12; step++) {
      optimizer.restore(OptimizerState.of(step, start, FlatVector.zeros(Precision.DOUBLE, 0), 0.1));
      assertThat(optimizer.step(batch).curvatureSamples()).isEqualTo(10);
      int place = place(optimizer.direction().toDoubleArray());
      assertThat(place).isNotNegative();
      places.add(place);
    }

    assertThat(places).hasSizeGreaterThan(6);
    assertThat(Collections.min(places)).isLessThan(4);
    assertThat(Collections.max(places)).isGreaterThan(N - 10 - 4);
  }

  /** From which sample on the curvature was taken; -1 if from none. */
  private int place(double[] direction) {
    for (int from = 0; from <= N - 10; from++) {
      double[] expected = solve(objective, batch, batch.samples(from, from + 10), 0.1);
      double worst = 0;
      for (int i = 0; i < expected.length; i++) {
        worst = Math.max(worst, Math.abs(expected[i] - direction[i]));
      }
      if (worst < 1e-9) {
        return from;
      }
    }
    return -1;
  }

  @Test
  void moreCurvatureSamplesThanThereAreMeanAll() {
    SgnOptimizer optimizer = new SgnOptimizer(objective, exact().curvatureSamples(N + 1).build());

    assertThat(optimizer.step(batch).curvatureSamples()).isEqualTo(N);
  }

  @Test
  void dampingFollowsTheGradientsNorm() {
    SgnOptimizer optimizer =
        new SgnOptimizer(
            objective,
            SgnOptions.builder()
                .dampingRule(DampingRule.GRADIENT_NORM)
                .damping(0.25)
                .minDamping(1e-3)
                .build());

    StepReport first = optimizer.step(batch);
    StepReport second = optimizer.step(batch);

    assertThat(first.dampingUsed()).isEqualTo(0.25 * first.gradientNorm());
    assertThat(second.dampingUsed()).isEqualTo(first.dampingNext() * second.gradientNorm());
  }

  @Test
  void aRejectedStepIsTakenBackAndDampsMore() {
    Quadratic quadratic = OptimizerContract.quadratic(Precision.DOUBLE);
    SgnOptimizer optimizer =
        new SgnOptimizer(
            quadratic,
            SgnOptions.builder().rejectIncrease(true).rejectionGrowth(4).maxBacktracks(1).build());
    double[] before = optimizer.theta().toDoubleArray();

    for (double loss : new double[] {1e9, Double.NaN, Double.POSITIVE_INFINITY}) {
      double damping = optimizer.state().damping();
      quadratic.replaceTrialLosses(loss, loss);
      StepReport report = optimizer.step(Quadratic.BATCH);

      assertThat(report.accepted()).isFalse();
      assertThat(report.stepSize()).isZero();
      assertThat(report.lossAfter()).isEqualTo(report.lossBefore());
      assertThat(report.dampingNext()).isEqualTo(4 * damping);
      assertThat(optimizer.theta().toDoubleArray()).isEqualTo(before);
    }
  }

  @Test
  void aWarmStartBeginsAtAShareOfTheLastStep() {
    // One iteration a solve: what the start contributes shows.
    SgnOptionsBuilder one =
        exact().cgMaxIterations(1).cgMinIterations(1).cgTolerance(0).stepSize(0.5);
    SgnOptimizer cold = new SgnOptimizer(objective, one.build());
    SgnOptimizer warm = new SgnOptimizer(objective, one.warmStart(0.5).build());

    cold.step(batch);
    StepReport first = warm.step(batch);
    assertThat(first.startUsed()).isFalse();
    assertThat(warm.direction().toDoubleArray()).isEqualTo(cold.direction().toDoubleArray());
    FlatVector start = warm.direction().copy();
    start.scale(0.5 * 0.5);

    StepReport second = warm.step(batch);
    assertThat(second.startUsed()).isTrue();
    assertThat(second.products()).isEqualTo(2);
    FlatVector beyond = warm.direction().copy();
    beyond.axpy(-1, start);
    // d - start is along the residual at the start, with the exact step: orthogonal residuals.
    assertThat(beyond.dot(warm.residual()))
        .isCloseTo(0, within(1e-12 * beyond.norm() * warm.residual().norm() + 1e-15));
  }

  @Test
  void momentumAndStepSizeMinimiseTheModelOverThePlane() {
    // On a quadratic the model is the loss: after two steps in two dimensions nothing is left.
    Quadratic quadratic = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1, 20), 3, 1);
    SgnOptimizer optimizer =
        new SgnOptimizer(
            quadratic,
            exact()
                .damping(1e-12)
                .cgMaxIterations(1)
                .cgMinIterations(1)
                .cgTolerance(0)
                .stepRule(StepRule.QUADRATIC_MOMENTUM)
                .build());

    optimizer.step(Quadratic.BATCH);
    StepReport second = optimizer.step(Quadratic.BATCH);

    assertThat(second.momentum()).isNotZero();
    assertThat(optimizer.theta().maxAbs()).isLessThan(1e-8);
  }

  @Test
  void theStepSizeMayComeFromTheUndampedModel() {
    Quadratic quadratic = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(2), 2);
    SgnOptimizer optimizer =
        new SgnOptimizer(
            quadratic,
            SgnOptions.builder()
                .damping(6)
                .trustRegion(false)
                .lineSearch(false)
                .stepRule(StepRule.QUADRATIC)
                .build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    // d = -4 / 8; the undamped minimum is at -2.
    assertThat(report.stepSize()).isCloseTo(4, within(1e-14));
    assertThat(optimizer.theta().get(0)).isCloseTo(0, within(1e-14));
  }

  @Test
  void theScheduleShortensStepsAsTheBudgetIsUsedUp() {
    SgnOptimizer optimizer =
        new SgnOptimizer(objective, exact().stepSchedule(StepSchedule.linearLate(0.5, 0)).build());

    optimizer.progress(0.5);
    assertThat(optimizer.step(batch).stepSize()).isEqualTo(1);
    optimizer.progress(0.75);
    assertThat(optimizer.step(batch).stepSize()).isEqualTo(0.5);
  }

  @Test
  void backtrackingOverIteratesTakesTheBestOne() {
    SgnOptionsBuilder plain = exact().damping(1e-6).cgMaxIterations(30).cgMinIterations(30);
    SgnOptimizer full = new SgnOptimizer(objective, plain.build());
    SgnOptimizer chosen = new SgnOptimizer(objective, plain.cgBacktracking(true).build());
    full.step(batch);

    StepReport report = chosen.step(batch);

    assertThat(report.lossAfter()).isLessThanOrEqualTo(objective.value(full.theta(), batch));
    assertThat(objective.value(chosen.theta(), batch)).isEqualTo(report.lossAfter());
    assertThat(report.evaluations()).isGreaterThan(1);
  }

  @Test
  void defaultsAreSettledByTheLossUnlessTheyAreSet() {
    SgnOptions classes = SgnOptions.defaults().forLoss(LossFamily.CROSS_ENTROPY);
    SgnOptions numbers = SgnOptions.defaults().forLoss(LossFamily.SQUARED_ERROR);
    SgnOptions mine =
        SgnOptions.defaults().toBuilder().cgMaxIterations(77).preconditionerAverage(0.3).build();

    assertThat(classes.warmStart()).isNotEqualTo(numbers.warmStart());
    assertThat(mine.forLoss(LossFamily.CROSS_ENTROPY).cgMaxIterations()).isEqualTo(77);
    assertThat(mine.forLoss(LossFamily.CROSS_ENTROPY).minDamping()).isEqualTo(classes.minDamping());
    assertThat(SgnOptions.reference().forLoss(LossFamily.CROSS_ENTROPY).cgMaxIterations())
        .isEqualTo(10);
  }

  @Test
  void theLimitOfIterationsMayFollowTheSamples() {
    SgnOptions options = SgnOptions.builder().cgMaxIterations(0).cgMinIterations(3).build();

    assertThat(options.cgLimit(9, 500, 1000)).isEqualTo(3);
    assertThat(options.cgLimit(10, 500, 1000)).isEqualTo(20);
    assertThat(options.cgLimit(10, 101, 1000)).isEqualTo(10);
    assertThat(options.cgLimit(10, 8, 1000)).isEqualTo(5);
    assertThat(SgnOptions.reference().cgLimit(10, 8, 1000)).isEqualTo(10);
  }

  @Test
  void theDefaultsLimitOfClassifiersFollowsSamplesPerParameter() {
    SgnOptions classes = SgnOptions.defaults().forLoss(LossFamily.CROSS_ENTROPY);
    SgnOptions numbers = SgnOptions.defaults().forLoss(LossFamily.SQUARED_ERROR);
    SgnOptions set =
        SgnOptions.defaults().toBuilder()
            .warmStart(0.1)
            .stepSchedule(StepSchedule.CONSTANT)
            .cgMaxIterations(7)
            .build()
            .forLoss(LossFamily.CROSS_ENTROPY);

    assertThat(classes.cgLimit(1, 250, 901)).isEqualTo(5);
    assertThat(classes.cgLimit(1, 250, 16_750)).isEqualTo(4);
    assertThat(classes.cgLimit(128, 250, 44_426)).isEqualTo(2);
    assertThat(classes.cgLimit(129, 250, 44_426)).isEqualTo(1);
    assertThat(classes.cgLimit(1, 250, 10_000_000)).isEqualTo(2);
    assertThat(classes.cgLimit(500, 250, 10_000_000)).isEqualTo(1);
    assertThat(numbers.cgLimit(1, 101, 11_601)).isEqualTo(10);
    assertThat(set.cgLimit(1, 250, 44_426)).isEqualTo(2);
    assertThat(set.cgLimit(10, 250, 44_426)).isEqualTo(7);
    assertThat(classes.takesFewIterations()).isTrue();
    assertThat(numbers.takesFewIterations()).isFalse();
    assertThat(set.takesFewIterations()).isFalse();
    assertThat(numbers.toBuilder().cgMaxIterations(2).build().takesFewIterations()).isTrue();
  }

  /** Each with everything that it carries between steps. */
  enum Variant {
    WARM(SgnOptions.builder().warmStart(0.9).beta(0.5)),
    NIELSEN(SgnOptions.builder().dampingRule(DampingRule.NIELSEN)),
    GRADIENT_NORM(
        SgnOptions.builder().dampingRule(DampingRule.GRADIENT_NORM).minDamping(1e-4).warmStart(1)),
    AVERAGED_PRECONDITIONER(SgnOptions.builder().preconditioner(true).preconditionerAverage(0.9)),
    HUTCHINSON(
        SgnOptions.builder()
            .preconditioner(true)
            .preconditionerSource(PreconditionerSource.HUTCHINSON)
            .preconditionerAverage(0.5)),
    KRONECKER(
        SgnOptions.builder()
            .preconditioner(true)
            .preconditionerSource(PreconditionerSource.KRONECKER)
            .preconditionerAverage(0.5)
            .preconditionerInterval(3)),
    KRONECKER_MARQUARDT(
        SgnOptions.builder()
            .marquardtScaling(true)
            .preconditioner(true)
            .preconditionerSource(PreconditionerSource.KRONECKER)
            .preconditionerAverage(0.5)),
    MARQUARDT(
        SgnOptions.builder()
            .marquardtScaling(true)
            .preconditionerSource(PreconditionerSource.HUTCHINSON)),
    GROUPS(
        SgnOptions.builder()
            .dampingFactor("*", 3)
            .marquardtScaling(true)
            .preconditioner(true)
            .preconditionerSource(PreconditionerSource.HUTCHINSON)),
    MOMENTUM(SgnOptions.builder().stepRule(StepRule.QUADRATIC_MOMENTUM)),
    DEFAULTS(SgnOptions.defaults().toBuilder());

    @SuppressWarnings("ImmutableEnumChecker") // SgnOptions is immutable.
    private final SgnOptions options;

    Variant(SgnOptionsBuilder builder) {
      options = builder.build();
    }
  }

  @Nested
  class Restoring {

    @ParameterizedTest
    @EnumSource
    void continuesBitForBit(Variant variant) {
      SgnOptimizer original = new SgnOptimizer(objective, variant.options);
      for (int i = 0; i < 4; i++) {
        original.step(batch);
      }
      OptimizerState state = original.state();
      for (int i = 0; i < 4; i++) {
        original.step(batch);
      }
      SgnOptimizer copy = new SgnOptimizer(objective, variant.options);
      copy.step(batch(5, 9));
      copy.restore(state);
      for (int i = 0; i < 4; i++) {
        copy.step(batch);
      }

      assertThat(copy.theta().toDoubleArray()).isEqualTo(original.theta().toDoubleArray());
    }

    @ParameterizedTest
    @EnumSource
    void aFailedStepLeavesNoTrace(Variant variant) {
      Quadratic quadratic = OptimizerContract.quadratic(Precision.DOUBLE);
      SgnOptimizer spoiled = new SgnOptimizer(quadratic, variant.options);
      SgnOptimizer clean =
          new SgnOptimizer(OptimizerContract.quadratic(Precision.DOUBLE), variant.options);
      for (int i = 0; i < 2; i++) {
        spoiled.step(Quadratic.BATCH);
        clean.step(Quadratic.BATCH);
      }
      double[] damping = spoiled.state().dampingMemory();
      quadratic.scaleProducts(Double.NaN);
      try {
        spoiled.step(Quadratic.BATCH);
      } catch (NonFiniteException e) {
        quadratic.scaleProducts(1);
        assertThat(spoiled.state().dampingMemory()).isEqualTo(damping);
      }
      spoiled.step(Quadratic.BATCH);
      clean.step(Quadratic.BATCH);

      assertThat(spoiled.theta().toDoubleArray()).isEqualTo(clean.theta().toDoubleArray());
    }

    @ParameterizedTest
    @EnumSource
    void theLossFalls(Variant variant) {
      SgnOptimizer optimizer = new SgnOptimizer(objective, variant.options);
      double first = optimizer.step(batch).lossBefore();
      for (int i = 0; i < 30; i++) {
        optimizer.step(batch);
      }

      assertThat(optimizer.step(batch).lossBefore()).isLessThan(0.5 * first);
    }
  }
}
