package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SgdOptionsTest {

  @Test
  void theReferencesDefaults() {
    SgdOptions options = SgdOptions.builder().build();

    assertThat(options.learningRate()).isEqualTo(1e-3);
    assertThat(options.finalLearningRate()).isEqualTo(1e-3);
    assertThat(options.schedule()).isEqualTo(LearningRateSchedule.CONSTANT);
    assertThat(options.scheduleSteps()).isEqualTo(1000);
    assertThat(options.stepLength()).isEqualTo(10);
    assertThat(options.reduction()).isEqualTo(0.1);
    assertThat(options.momentum()).isZero();
  }

  @Test
  void theFinalRateIsNoHigherThanTheFirst() {
    assertThat(SgdOptions.builder().learningRate(1e-5).build().finalLearningRate()).isEqualTo(1e-5);
    assertThat(SgdOptions.builder().learningRate(1).build().finalLearningRate()).isEqualTo(1e-3);
  }

  @Test
  void constant() {
    assertThat(rates(b -> b, 4)).containsExactly(0.5, 0.5, 0.5, 0.5);
  }

  @Test
  void linear() {
    double[] rates = rates(b -> b.schedule(LearningRateSchedule.LINEAR).scheduleSteps(4), 6);

    assertThat(rates)
        .containsExactly(new double[] {0.5, 0.35, 0.2, 0.05, 0.05, 0.05}, within(1e-15));
  }

  @Test
  void cosine() {
    double[] rates = rates(b -> b.schedule(LearningRateSchedule.COSINE).scheduleSteps(2), 9);

    assertThat(rates[0]).isCloseTo(0.5 * Math.sqrt(0.5), within(1e-15));
    // The cosine itself would rise again after the sixth step.
    assertThat(rates).endsWith(0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05);
  }

  @Test
  void step() {
    double[] rates =
        rates(b -> b.schedule(LearningRateSchedule.STEP).stepLength(2).reduction(0.25), 9);

    assertThat(rates)
        .containsExactly(
            new double[] {0.5, 0.5, 0.125, 0.125, 0.0625, 0.0625, 0.05, 0.05, 0.05}, within(1e-15));
  }

  private static double[] rates(UnaryOperator<SgdOptions.Builder> schedule, int steps) {
    SgdOptions options =
        schedule.apply(SgdOptions.builder().learningRate(0.5).finalLearningRate(0.05)).build();
    return LongStream.rangeClosed(1, steps).mapToDouble(options::learningRateAt).toArray();
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        refused(b -> b.learningRate(0), "learningRate = 0.0: must be finite and above 0"),
        refused(b -> b.learningRate(Double.NaN), "learningRate = NaN: must be finite and above 0"),
        refused(
            b -> b.learningRate(0.1).finalLearningRate(0.2),
            "finalLearningRate = 0.2: must be above 0 and at most learningRate = 0.1"),
        refused(
            b -> b.learningRate(0.1).finalLearningRate(0),
            "finalLearningRate = 0.0: must be above 0 and at most learningRate = 0.1"),
        refused(b -> b.scheduleSteps(0), "scheduleSteps = 0: must be at least 1"),
        refused(
            b -> b.schedule(LearningRateSchedule.LINEAR).scheduleSteps(1),
            "scheduleSteps = 1: must be at least 2"),
        refused(b -> b.stepLength(0), "stepLength = 0: must be at least 1"),
        refused(b -> b.reduction(1.1), "reduction = 1.1: must be between 0 and 1"),
        refused(b -> b.momentum(1), "momentum = 1.0: must be at least 0 and below 1"));
  }

  private static Arguments refused(UnaryOperator<SgdOptions.Builder> change, String message) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outOfRange")
  void namesOptionValueAndRange(String message, UnaryOperator<SgdOptions.Builder> change) {
    SgdOptions.Builder builder = change.apply(SgdOptions.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option " + message);
  }
}
