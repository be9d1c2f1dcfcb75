package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepScheduleTest {

  @ParameterizedTest
  @CsvSource({"-1", "0", "0.5", "1", "2", "Infinity"})
  void theConstantOneIsOne(double progress) {
    assertThat(StepSchedule.CONSTANT.factor(progress)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-Infinity, 1",
    "-0.1, 1",
    "0, 1",
    "0.5, 1",
    "0.625, 0.775",
    "0.75, 0.55",
    "1, 0.1",
    "1.5, 0.1",
    "Infinity, 0.1"
  })
  void theLateOneFallsLinearlyFromItsStart(double progress, double factor) {
    assertThat(StepSchedule.linearLate(0.5, 0.1).factor(progress)).isCloseTo(factor, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "0.3, 0.1", "0.5, 0", "0.999999, 0.7", "1, 0", "1, 1"})
  void staysBetweenItsEndAndOneAndNeverRises(double start, double end) {
    StepSchedule schedule = StepSchedule.linearLate(start, end);
    double last = 1;
    for (int i = -10; i <= 1100; i++) {
      double factor = schedule.factor(i / 1000.0);
      assertThat(factor).isBetween(end, last);
      last = factor;
    }
    assertThat(last).isEqualTo(end);
  }

  @Test
  void refusesWhatIsNoFraction() {
    assertThatThrownBy(() -> StepSchedule.linearLate(1.1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option start = 1.1: must be between 0 and 1");
    assertThatThrownBy(() -> StepSchedule.linearLate(0.5, -0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option end = -0.1: must be between 0 and 1");
    assertThatThrownBy(() -> StepSchedule.CONSTANT.factor(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("progress = NaN");
  }
}
