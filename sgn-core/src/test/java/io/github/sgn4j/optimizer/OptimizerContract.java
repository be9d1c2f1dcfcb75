package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every optimizer promises. */
abstract class OptimizerContract {

  /** Sums of seconds are rounded. */
  private static final double NANOSECOND = 1e-9;

  static final double[] START = {1, -2, 0.5};

  abstract Optimizer create(Objective objective);

  static Quadratic quadratic(Precision precision) {
    return new Quadratic(precision, DenseMatrix.positiveDefinite(3, 4), START);
  }

  @ParameterizedTest
  @EnumSource
  void lowersAQuadratic(Precision precision) {
    Optimizer optimizer = create(quadratic(precision));
    double first = optimizer.step(Quadratic.BATCH).lossBefore();
    for (int i = 0; i < 200; i++) {
      optimizer.step(Quadratic.BATCH);
    }

    assertThat(optimizer.step(Quadratic.BATCH).lossBefore()).isLessThan(0.9 * first);
    assertThat(optimizer.stepCount()).isEqualTo(202);
  }

  @Test
  void startsAtTheObjectivesParametersWithAVectorOfItsOwn() {
    Quadratic objective = quadratic(Precision.DOUBLE);
    Optimizer optimizer = create(objective);
    FlatVector theta = optimizer.theta();

    assertThat(theta.toDoubleArray()).containsExactly(START);
    optimizer.step(Quadratic.BATCH);

    assertThat(optimizer.theta()).isSameAs(theta);
    assertThat(theta.toDoubleArray()).isNotEqualTo(START);
    assertThat(objective.initialParameters().toDoubleArray()).containsExactly(START);
    assertThat(optimizer.objective()).isSameAs(objective);
    assertThat(optimizer.name()).isNotBlank();
  }

  @Test
  void reportsTheStep() {
    Optimizer optimizer = create(quadratic(Precision.DOUBLE));
    optimizer.step(Quadratic.BATCH);
    double loss = optimizer.objective().evaluate(optimizer.theta(), Quadratic.BATCH).loss();
    FlatVector gradient = optimizer.theta().like();
    optimizer.objective().linearize(optimizer.theta(), Quadratic.BATCH).gradient(gradient);

    StepReport report = optimizer.step(Quadratic.BATCH);

    assertThat(report.step()).isEqualTo(2);
    assertThat(report.lossBefore()).isEqualTo(loss);
    assertThat(report.gradientNorm()).isEqualTo(gradient.norm());
    assertThat(report.gradients()).isEqualTo(1);
    assertThat(report.accepted()).isTrue();
    StepReport.Seconds seconds = report.seconds();
    assertThat(seconds.linearize() + seconds.gradient() + seconds.solve() + seconds.search())
        .isPositive()
        .isLessThanOrEqualTo(seconds.total() + NANOSECOND);
  }

  @Test
  void closesItsLinearization() {
    Quadratic objective = quadratic(Precision.DOUBLE);

    create(objective).step(Quadratic.BATCH);

    assertThat(objective.calls()).containsOnlyOnce("linearize", "close");
  }

  @ParameterizedTest
  @EnumSource
  void aRestoredStateContinuesBitForBit(Precision precision) {
    Optimizer original = create(quadratic(precision));
    for (int i = 0; i < 5; i++) {
      original.step(Quadratic.BATCH);
    }
    OptimizerState state = original.state();
    double[] atState = original.theta().toDoubleArray();
    for (int i = 0; i < 5; i++) {
      original.step(Quadratic.BATCH);
    }

    Optimizer copy = create(quadratic(precision));
    copy.step(Quadratic.BATCH);
    copy.restore(state);
    assertThat(copy.theta().toDoubleArray()).isEqualTo(atState);
    assertThat(copy.stepCount()).isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      copy.step(Quadratic.BATCH);
    }

    assertThat(copy.theta().toDoubleArray()).isEqualTo(original.theta().toDoubleArray());
    assertThat(state.theta().toDoubleArray()).isEqualTo(atState);
  }

  @Test
  void refusesAStateThatDoesNotFit() {
    Optimizer optimizer = create(quadratic(Precision.DOUBLE));
    optimizer.step(Quadratic.BATCH);
    double[] before = optimizer.theta().toDoubleArray();

    assertThatThrownBy(
            () ->
                optimizer.restore(
                    OptimizerState.of(3, FlatVector.zeros(Precision.DOUBLE, START.length + 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one has 4 DOUBLE");
    assertThatThrownBy(
            () ->
                optimizer.restore(
                    OptimizerState.of(3, FlatVector.zeros(Precision.FLOAT, START.length))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one has 3 FLOAT");
    assertThatThrownBy(
            () ->
                optimizer.restore(
                    OptimizerState.builder(3, optimizer.theta())
                        .optimizer("another")
                        .memory(optimizer.state().memory())
                        .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(optimizer.name() + " does not go on from a state of another");
    assertThat(optimizer.theta().toDoubleArray()).isEqualTo(before);
    assertThat(optimizer.stepCount()).isEqualTo(1);
  }

  @Test
  void takesADampingOrSaysThatItHasNone() {
    Optimizer optimizer = create(quadratic(Precision.DOUBLE));
    optimizer.step(Quadratic.BATCH);
    if (Double.isNaN(optimizer.state().damping())) {
      assertThatThrownBy(() -> optimizer.damping(0.5))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(optimizer.name() + " has no damping that could be set");
      return;
    }
    optimizer.damping(0.0625);

    assertThat(optimizer.step(Quadratic.BATCH).dampingUsed()).isEqualTo(0.0625);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNonFiniteLossChangesNothing(double loss) {
    Quadratic objective = quadratic(Precision.DOUBLE);

    assertFails(objective, () -> objective.replaceLoss(loss), Where.LOSS);
  }

  @ParameterizedTest
  @CsvSource({"NaN, DOUBLE", "Infinity, DOUBLE", "NaN, FLOAT", "Infinity, FLOAT"})
  void aNonFiniteGradientChangesNothing(double factor, Precision precision) {
    Quadratic objective = quadratic(precision);

    assertFails(objective, () -> objective.scaleGradient(factor), Where.GRADIENT);
  }

  /** Spoils the third step and checks that it fails there and leaves no trace. */
  final NonFiniteException assertFails(Quadratic objective, Runnable spoil, Where where) {
    Optimizer optimizer = create(objective);
    optimizer.step(Quadratic.BATCH);
    optimizer.step(Quadratic.BATCH);
    OptimizerState before = optimizer.state();
    objective.calls().clear();
    spoil.run();

    NonFiniteException failure =
        catchThrowableOfType(NonFiniteException.class, () -> optimizer.step(Quadratic.BATCH));

    assertThat(failure).isNotNull();
    assertThat(failure.where()).isEqualTo(where);
    assertThat(failure.step()).isEqualTo(3);
    assertThat(failure).hasMessageStartingWith(optimizer.name() + ", step 3: ");
    OptimizerState after = optimizer.state();
    assertThat(after.theta().toDoubleArray()).isEqualTo(before.theta().toDoubleArray());
    assertThat(after.memory().toDoubleArray()).isEqualTo(before.memory().toDoubleArray());
    assertThat(after.damping()).isEqualTo(Double.valueOf(before.damping()));
    assertThat(after.dampingMemory()).isEqualTo(before.dampingMemory());
    assertThat(optimizer.stepCount()).isEqualTo(2);
    assertThat(objective.calls()).contains("close");
    return failure;
  }
}
