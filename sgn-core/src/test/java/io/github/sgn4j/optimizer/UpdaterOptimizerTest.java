package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

class UpdaterOptimizerTest extends OptimizerContract {

  @Override
  Optimizer create(Objective objective) {
    return new UpdaterOptimizer(objective, new Adam(0.02));
  }

  @ParameterizedTest
  @EnumSource
  void adamByHand(Precision precision) {
    Quadratic objective = new Quadratic(precision, DenseMatrix.diagonal(1, 2), 3, -0.5);
    UpdaterOptimizer optimizer = new UpdaterOptimizer(objective, new Adam(0.1));
    double[] theta = {3, -0.5};
    double[] m = new double[2];
    double[] v = new double[2];
    for (int t = 1; t <= 4; t++) {
      StepReport report = optimizer.step(Quadratic.BATCH);
      assertThat(report.learningRate()).isEqualTo(0.1);
      double[] g = {theta[0], 2 * theta[1]};
      for (int i = 0; i < 2; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        double rate = 0.1 * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        theta[i] -= rate * m[i] / (Math.sqrt(v[i]) + 1e-8);
      }
    }

    assertThat(optimizer.theta().toDoubleArray()).containsExactly(theta, within(1e-5));
    assertThat(optimizer.name()).isEqualTo("Adam");
  }

  @Test
  void nd4jsSgdIsOurs() {
    Optimizer theirs = new UpdaterOptimizer(quadratic(Precision.DOUBLE), new Sgd(0.125));
    Optimizer ours =
        new SgdOptimizer(
            quadratic(Precision.DOUBLE), SgdOptions.builder().learningRate(0.125).build());

    for (int i = 0; i < 3; i++) {
      theirs.step(Quadratic.BATCH);
      ours.step(Quadratic.BATCH);
    }

    assertThat(theirs.theta().toDoubleArray())
        .containsExactly(ours.theta().toDoubleArray(), within(1e-14));
    assertThat(theirs.state().memory().length()).isZero();
  }

  static Stream<IUpdater> updaters() {
    return Stream.of(
        new Sgd(0.01),
        new Adam(0.01),
        new Nadam(0.01),
        new AMSGrad(0.01),
        new AdaMax(0.01),
        new AdaGrad(0.1),
        new AdaDelta(),
        new Nesterovs(0.01, 0.9),
        new RmsProp(0.01));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void anyUpdaterLowersTheLossAndContinuesFromItsState(IUpdater updater) {
    Optimizer original = new UpdaterOptimizer(quadratic(Precision.DOUBLE), updater);
    double first = original.step(Quadratic.BATCH).lossBefore();
    for (int i = 0; i < 10; i++) {
      original.step(Quadratic.BATCH);
    }
    Optimizer copy = new UpdaterOptimizer(quadratic(Precision.DOUBLE), updater);
    copy.restore(original.state());

    StepReport next = original.step(Quadratic.BATCH);
    copy.step(Quadratic.BATCH);

    assertThat(next.lossBefore()).isLessThan(first);
    assertThat(copy.theta().toDoubleArray()).isEqualTo(original.theta().toDoubleArray());
    assertThat(original.name()).isEqualTo(updater.getClass().getSimpleName());
  }

  @Test
  void refusesAnUpdaterThatNd4jCannotSetUp() {
    // In 1.0.0-M2.1 AdaBelief fails on every state array.
    Quadratic objective = quadratic(Precision.FLOAT);

    assertThatThrownBy(() -> new UpdaterOptimizer(objective, new AdaBelief(0.01)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ND4J cannot set up its AdaBelief");
  }

  @Test
  void anUpdateThatOverflowsChangesNothing() {
    Quadratic objective = quadratic(Precision.FLOAT);
    UpdaterOptimizer optimizer = new UpdaterOptimizer(objective, new Nesterovs(1e30, 0.9));
    objective.scaleGradient(1e12);

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure.where()).isEqualTo(Where.DIRECTION);
    assertThat(optimizer.theta().toDoubleArray()).containsExactly(START);
    assertThat(optimizer.state().memory().maxAbs()).isZero();
    assertThat(optimizer.stepCount()).isZero();
  }

  @Test
  void parametersThatOverflowChangeNothing() {
    Quadratic objective = new Quadratic(Precision.FLOAT, DenseMatrix.diagonal(1), -3e38);
    UpdaterOptimizer optimizer = new UpdaterOptimizer(objective, new Nesterovs(1e20, 0.5));
    objective.replaceLoss(1.0);
    objective.scaleGradient(-3e-21);

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure.where()).isEqualTo(Where.DIRECTION);
    assertThat(optimizer.theta().get(0)).isEqualTo(-3e38f);
    assertThat(optimizer.state().memory().maxAbs()).isZero();
    assertThat(optimizer.stepCount()).isZero();
  }
}
