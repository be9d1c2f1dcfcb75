package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import org.junit.jupiter.api.Test;

class SgdOptimizerTest extends OptimizerContract {

  @Override
  Optimizer create(Objective objective) {
    return new SgdOptimizer(
        objective, SgdOptions.builder().learningRate(0.02).momentum(0.5).build());
  }

  @Test
  void momentumByHand() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1), 8);
    SgdOptimizer optimizer =
        new SgdOptimizer(objective, SgdOptions.builder().learningRate(0.25).momentum(0.5).build());

    StepReport report = optimizer.step(Quadratic.BATCH);

    // v = 2, theta = 6; v = 1 + 1.5, theta = 3.5.
    assertThat(optimizer.theta().get(0)).isEqualTo(6);
    assertThat(report.learningRate()).isEqualTo(0.25);
    assertThat(report.lossBefore()).isEqualTo(32);
    assertThat(report.lossAfter()).isNaN();
    assertThat(report.metric()).isEqualTo(42);
    assertThat(report.reason()).isNull();
    optimizer.step(Quadratic.BATCH);
    assertThat(optimizer.theta().get(0)).isEqualTo(3.5);
    assertThat(optimizer.state().memory().get(0)).isEqualTo(2.5);
  }

  @Test
  void withoutMomentumThereIsNoMemory() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1), 8);
    SgdOptimizer optimizer =
        new SgdOptimizer(objective, SgdOptions.builder().learningRate(0.25).build());

    optimizer.step(Quadratic.BATCH);
    optimizer.step(Quadratic.BATCH);

    assertThat(optimizer.theta().get(0)).isEqualTo(4.5);
    assertThat(optimizer.state().memory().length()).isZero();
  }

  @Test
  void followsItsSchedule() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1), 8);
    SgdOptions options =
        SgdOptions.builder()
            .learningRate(0.5)
            .finalLearningRate(0.25)
            .schedule(LearningRateSchedule.LINEAR)
            .scheduleSteps(2)
            .build();
    SgdOptimizer optimizer = new SgdOptimizer(objective, options);

    optimizer.step(Quadratic.BATCH);
    assertThat(optimizer.theta().get(0)).isEqualTo(4);
    optimizer.step(Quadratic.BATCH);
    assertThat(optimizer.theta().get(0)).isEqualTo(3);
  }

  @Test
  void anUpdateThatOverflowsChangesNothing() {
    Quadratic objective = quadratic(Precision.FLOAT);
    SgdOptions options = SgdOptions.builder().learningRate(1e30).build();
    SgdOptimizer optimizer = new SgdOptimizer(objective, options);
    objective.scaleGradient(1e12);

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure.where()).isEqualTo(Where.DIRECTION);
    assertThat(optimizer.theta().toDoubleArray()).containsExactly(START);
    assertThat(optimizer.stepCount()).isZero();
  }

  /** From a velocity that is finite and parameters that are, too. */
  @Test
  void parametersThatOverflowChangeNothing() {
    Quadratic objective = new Quadratic(Precision.FLOAT, DenseMatrix.diagonal(1), -3e38);
    SgdOptions options = SgdOptions.builder().learningRate(1e20).momentum(0.5).build();
    SgdOptimizer optimizer = new SgdOptimizer(objective, options);
    objective.replaceLoss(1.0);
    objective.scaleGradient(-3e-21);

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure.where()).isEqualTo(Where.DIRECTION);
    assertThat(optimizer.theta().get(0)).isEqualTo(-3e38f);
    assertThat(optimizer.state().memory().maxAbs()).isZero();
    assertThat(optimizer.stepCount()).isZero();
    objective.scaleGradient(3e-21);
    optimizer.step(Quadratic.BATCH);
    assertThat(optimizer.theta().get(0)).isBetween(-2.2e38, -2.0e38);
  }
}
