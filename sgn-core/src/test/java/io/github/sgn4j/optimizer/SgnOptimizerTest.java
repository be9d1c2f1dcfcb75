package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.solver.SolveReason;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SgnOptimizerTest extends OptimizerContract {

  @Override
  Optimizer create(Objective objective) {
    return new SgnOptimizer(
        objective, SgnOptions.builder().damping(3).beta(0.5).cgTolerance(1e-4).build());
  }

  /** theta = 2, L = theta^2, gradient 4, G = 2. */
  private static Quadratic parabola() {
    return new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(2), 2);
  }

  private static SgnOptionsBuilder plain() {
    return SgnOptions.builder().damping(2).trustRegion(false).lineSearch(false);
  }

  @Test
  void theDampedNewtonStepByHand() {
    SgnOptimizer optimizer = new SgnOptimizer(parabola(), plain().stepSize(0.5).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    // d = -4 / (2 + 2), theta = 2 - 0.5.
    assertThat(optimizer.direction().get(0)).isEqualTo(-1);
    assertThat(optimizer.theta().get(0)).isEqualTo(1.5);
    assertThat(optimizer.gradient().get(0)).isEqualTo(4);
    assertThat(optimizer.residual().get(0)).isZero();
    assertThat(report.lossBefore()).isEqualTo(4);
    assertThat(report.lossAfter()).isNaN();
    assertThat(report.metric()).isEqualTo(14);
    assertThat(report.reason()).isEqualTo(SolveReason.CONVERGED);
    assertThat(report.cgIterations()).isEqualTo(1);
    assertThat(report.products()).isEqualTo(1);
    assertThat(report.evaluations()).isZero();
    assertThat(report.stepSize()).isEqualTo(0.5);
    assertThat(report.dampingAsked()).isEqualTo(2);
    assertThat(report.dampingUsed()).isEqualTo(2);
    assertThat(report.gainRatio()).isNaN();
    assertThat(report.learningRate()).isNaN();
  }

  @Test
  void theTrustRegionsRatioByHand() {
    SgnOptimizer optimizer = new SgnOptimizer(parabola(), plain().trustRegion(true).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    // L1 = 1, (1 - 4) / (0.5 * 4 * (-1)) = 1.5 > 3/4: damping 2 * 2/3.
    assertThat(report.gainRatio()).isEqualTo(1.5);
    assertThat(report.fullStepLoss()).isEqualTo(1);
    assertThat(report.lossAfter()).isEqualTo(1);
    assertThat(report.metric()).isEqualTo(11);
    assertThat(report.dampingNext()).isEqualTo(2.0 / 3 * 2);
    assertThat(optimizer.step(Quadratic.BATCH).dampingAsked()).isEqualTo(2.0 / 3 * 2);
  }

  @Test
  void theRatioOfTheUndampedModelIsOneOnAQuadratic() {
    for (double stepSize : new double[] {1, 0.25}) {
      SgnOptimizer optimizer =
          new SgnOptimizer(
              quadratic(Precision.DOUBLE),
              SgnOptions.builder()
                  .undampedGainRatio(true)
                  .damping(0.7)
                  .beta(0.6)
                  .cgMaxIterations(2)
                  .cgMinIterations(2)
                  .lineSearch(false)
                  .stepSize(stepSize)
                  .build());

      // One step, where the averaged gradient is the gradient: the model is the loss.
      assertThat(optimizer.step(Quadratic.BATCH).gainRatio()).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void theRatioUsesTheFullStepEvenIfTheLineSearchShortensIt() {
    Quadratic objective = parabola();
    objective.replaceTrialLosses(10, 9, 3);
    SgnOptimizer optimizer =
        new SgnOptimizer(objective, plain().trustRegion(true).lineSearch(true).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.gainRatio()).isEqualTo((10 - 4) / -2.0);
    assertThat(report.dampingNext()).isEqualTo(3);
    assertThat(report.stepSize()).isEqualTo(0.25);
    assertThat(report.backtracks()).isEqualTo(2);
    assertThat(report.evaluations()).isEqualTo(3);
    assertThat(report.lossAfter()).isEqualTo(3);
    assertThat(report.metric()).isEqualTo(13);
    assertThat(optimizer.theta().get(0)).isEqualTo(1.75);
  }

  @Test
  void theLineSearchStartsFromTheFullStepsEvaluation() {
    SgnOptimizer optimizer =
        new SgnOptimizer(parabola(), plain().trustRegion(true).lineSearch(true).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.evaluations()).isEqualTo(1);
    assertThat(report.slope()).isEqualTo(-4);
  }

  @Test
  void averagesTheGradientWithBiasCorrection() {
    SgnOptimizer optimizer = new SgnOptimizer(parabola(), plain().beta(0.75).build());

    optimizer.step(Quadratic.BATCH);
    assertThat(optimizer.direction().get(0)).isCloseTo(-1, within(1e-15));
    assertThat(optimizer.state().memory().get(0)).isEqualTo(1);
    optimizer.step(Quadratic.BATCH);

    // theta = 1, g = 2, m = 0.75 + 0.5, mHat = 1.25 / (1 - 0.5625).
    assertThat(optimizer.state().memory().get(0)).isCloseTo(1.25, within(1e-15));
    assertThat(optimizer.direction().get(0)).isCloseTo(-1.25 / 0.4375 / 4, within(1e-15));
  }

  @Test
  void withoutAveragingThereIsNoMemory() {
    assertThat(new SgnOptimizer(parabola(), plain().build()).state().memory().length()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "3, 7", "4, 7"})
  void theIterationLimitSwitchesAtItsStep(int step, int limit) {
    SgnOptions options =
        SgnOptions.builder().cgMinIterations(3).cgMaxIterations(7).cgSwitchStep(3).build();

    assertThat(options.cgLimit(step, 100, 1000)).isEqualTo(limit);
    SgnOptimizer optimizer = new SgnOptimizer(quadratic(Precision.DOUBLE), options);
    StepReport report = null;
    for (int i = 0; i < step; i++) {
      report = optimizer.step(Quadratic.BATCH);
    }
    assertThat(report).extracting(StepReport::cgLimit).isEqualTo(limit);
  }

  @Test
  void evaluatesOnlyAfterTheLinearizationIsClosed() {
    Quadratic objective = parabola();

    new SgnOptimizer(objective, SgnOptions.reference()).step(Quadratic.BATCH);

    assertThat(objective.calls())
        .containsExactly("linearize", "gradient", "product", "close", "evaluate");
  }

  @Test
  void aZeroGradientIsConvergedAndLeavesEverything() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(2, 3), 0, 0);
    SgnOptimizer optimizer = new SgnOptimizer(objective, SgnOptions.reference());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.reason()).isEqualTo(SolveReason.CONVERGED);
    assertThat(report.cgIterations()).isZero();
    assertThat(report.gainRatio()).isNaN();
    assertThat(report.dampingNext()).isEqualTo(1e-3);
    assertThat(optimizer.theta().maxAbs()).isZero();
  }

  @Test
  void nonPositiveCurvatureStillGoesDownhill() {
    Quadratic objective = parabola();
    objective.scaleProducts(-1);
    SgnOptimizer optimizer = new SgnOptimizer(objective, plain().damping(1).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.reason()).isEqualTo(SolveReason.NON_POSITIVE_CURVATURE);
    assertThat(optimizer.direction().get(0)).isEqualTo(-4);
  }

  @Test
  void aStepThatRaisesTheLossMayBeRejected() {
    Quadratic objective = parabola();
    objective.replaceTrialLosses(5, 4.5);
    SgnOptimizer optimizer =
        new SgnOptimizer(
            objective,
            plain()
                .trustRegion(true)
                .lineSearch(true)
                .maxBacktracks(1)
                .rejectIncrease(true)
                .build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.accepted()).isFalse();
    assertThat(report.stepSize()).isZero();
    assertThat(report.stepSizeAsked()).isEqualTo(1);
    assertThat(report.lossAfter()).isEqualTo(4);
    assertThat(report.metric()).isEqualTo(14);
    assertThat(report.dampingNext()).isEqualTo(3);
    assertThat(optimizer.theta().get(0)).isEqualTo(2);
    assertThat(optimizer.stepCount()).isEqualTo(1);
  }

  @Test
  void byDefaultItIsKept() {
    Quadratic objective = parabola();
    objective.replaceTrialLosses(5, 4.5);
    SgnOptimizer optimizer =
        new SgnOptimizer(objective, plain().lineSearch(true).maxBacktracks(1).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.accepted()).isTrue();
    assertThat(report.lineSearchSatisfied()).isFalse();
    assertThat(report.lossAfter()).isEqualTo(4.5);
    assertThat(optimizer.theta().get(0)).isEqualTo(1.5);
  }

  @Test
  void theArmijoBoundMayFollowTheStep() {
    // Slope -4. The reference asks both trials for 4 - 0.5 * 4 = 2, the textbook the second for 3.
    for (boolean follows : new boolean[] {false, true}) {
      Quadratic objective = parabola();
      objective.replaceTrialLosses(3.5, 2.9, 1.9);
      SgnOptimizer optimizer =
          new SgnOptimizer(
              objective,
              plain().lineSearch(true).armijoConstant(0.5).armijoFollowsStep(follows).build());

      assertThat(optimizer.step(Quadratic.BATCH).backtracks()).isEqualTo(follows ? 1 : 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 8", "true, 2"})
  void thePreconditionerUsesTheInitialOrTheScheduledDamping(boolean follows, double damping) {
    // Two parameters and one iteration, so that the direction is parallel to -M g.
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1, 1), 1, 3);
    SgnOptimizer optimizer =
        new SgnOptimizer(
            objective,
            plain()
                .damping(8)
                .minDamping(2)
                .dampingSchedule(DampingSchedule.LINEAR)
                .scheduleSteps(2)
                .preconditioner(true)
                .preconditionerFollowsSchedule(follows)
                .cgMinIterations(1)
                .build());
    optimizer.restore(
        OptimizerState.of(
            1, FlatVector.of(Precision.DOUBLE, 1, 3), FlatVector.zeros(Precision.DOUBLE, 0), 8));

    assertThat(optimizer.step(Quadratic.BATCH).dampingUsed()).isEqualTo(2);

    double expected = (3 / (9 + damping)) / (1 / (1 + damping));
    FlatVector d = optimizer.direction();
    assertThat(d.get(1) / d.get(0)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void singlePrecisionRoundsTheDamping() {
    Quadratic objective = quadratic(Precision.FLOAT);
    SgnOptimizer optimizer = new SgnOptimizer(objective, plain().damping(0.1).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.dampingAsked()).isEqualTo(0.1);
    assertThat(report.dampingUsed()).isEqualTo(0.1f);
  }

  @Test
  void aNonFiniteProductChangesNothing() {
    Quadratic objective = quadratic(Precision.DOUBLE);

    NonFiniteException failure =
        assertFails(objective, () -> objective.scaleProducts(Double.NaN), Where.PRODUCT);

    assertThat(failure)
        .hasMessageContaining("Gauss-Newton product")
        .hasMessageContaining("damping");
    assertThat(objective.calls()).doesNotContain("evaluate");
  }

  @Test
  void aNonFiniteDirectionChangesNothing() {
    Quadratic objective = quadratic(Precision.FLOAT);

    // Finite products so small that the step along them overflows.
    SgnOptimizer optimizer = new SgnOptimizer(objective, plain().damping(0).cgTolerance(0).build());
    objective.scaleProducts(1e-39);
    objective.scaleGradient(1e10);

    assertThatFailure(optimizer, Where.DIRECTION);
  }

  @Test
  void aNonFinitePreconditionerChangesNothing() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1, 1), 1, 0);
    SgnOptimizer optimizer =
        new SgnOptimizer(objective, plain().damping(0).preconditioner(true).build());

    assertThatFailure(optimizer, Where.PRECONDITIONER);
  }

  @Test
  void aNonFinitePreconditionerIsNamedAfterAWarmStart() {
    SgnOptimizer optimizer =
        new SgnOptimizer(
            new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1, 4), 4, 1),
            plain().damping(0).stepSize(0.5).preconditioner(true).warmStart(0.9).build());
    optimizer.step(Quadratic.BATCH);
    // A gradient of exactly 0 there, by whose square the preconditioner divides.
    optimizer.theta().set(1, 0);

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure.where()).isEqualTo(Where.PRECONDITIONER);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNonFiniteTrialIsBacktrackedFrom(double loss) {
    Quadratic objective = parabola();
    objective.replaceTrialLosses(loss, loss, 1);
    SgnOptimizer optimizer =
        new SgnOptimizer(objective, plain().trustRegion(true).lineSearch(true).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.backtracks()).isEqualTo(2);
    assertThat(report.lossAfter()).isEqualTo(1);
    assertThat(report.gainRatio()).isNaN();
    assertThat(report.dampingNext()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNonFiniteLossAfterTheStepChangesNothing(double loss) {
    for (boolean lineSearch : new boolean[] {false, true}) {
      Quadratic objective = parabola();
      objective.replaceTrialLosses(loss, loss, loss);
      SgnOptimizer optimizer =
          new SgnOptimizer(
              objective, plain().trustRegion(true).lineSearch(lineSearch).maxBacktracks(2).build());

      assertThatFailure(optimizer, Where.LOSS_AFTER_STEP);
    }
  }

  private static void assertThatFailure(SgnOptimizer optimizer, Where where) {
    OptimizerState before = optimizer.state();

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure).isNotNull();
    assertThat(failure.where()).isEqualTo(where);
    assertThat(failure.step()).isEqualTo(1);
    assertThat(optimizer.theta().toDoubleArray()).isEqualTo(before.theta().toDoubleArray());
    assertThat(optimizer.state().damping()).isEqualTo(before.damping());
    assertThat(optimizer.stepCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void verbosityChangesNoNumber(Precision precision) {
    double[][] results = new double[4][];
    for (int verbosity = 0; verbosity <= 3; verbosity++) {
      SgnOptimizer optimizer =
          new SgnOptimizer(quadratic(precision), SgnOptions.builder().verbosity(verbosity).build());
      optimizer.step(Quadratic.BATCH);
      optimizer.step(Quadratic.BATCH);
      results[verbosity] = optimizer.theta().toDoubleArray();
    }

    assertThat(results[1]).isEqualTo(results[0]);
    assertThat(results[2]).isEqualTo(results[0]);
    assertThat(results[3]).isEqualTo(results[0]);
  }

  /** As where a network saturates: the loss is finite at parameters that are not. */
  @Test
  void parametersThatOverflowChangeNothing() {
    Quadratic objective = new Quadratic(Precision.FLOAT, DenseMatrix.diagonal(1), -3e38);
    SgnOptimizer optimizer =
        new SgnOptimizer(objective, plain().damping(1e-38).lineSearch(true).build());
    objective.replaceLoss(1.0);
    // Low enough for a slope of -5e37.
    objective.replaceTrialLosses(-1e37);
    // A gradient of 1 and a direction of -1 / (1e-38 + 1e-38).
    objective.scaleGradient(-1 / 3e38);
    objective.scaleProducts(1e-38);

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure.where()).isEqualTo(Where.DIRECTION);
    assertThat(optimizer.direction().isFinite()).isTrue();
    assertThat(optimizer.theta().get(0)).isEqualTo(-3e38f);
    assertThat(optimizer.stepCount()).isZero();
  }
}
