package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.compare.RunOutcome;
import io.github.sgn4j.examples.compare.RunOutcome.State;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CompareProgressTest {

  @Test
  void tellsHowLongItTakes() {
    assertThat(CompareProgress.duration(OptionalDouble.empty())).isEqualTo("unknown");
    assertThat(CompareProgress.duration(OptionalDouble.of(12.4))).isEqualTo("about 12 s");
    assertThat(CompareProgress.duration(OptionalDouble.of(600))).isEqualTo("about 10 min");
    assertThat(CompareProgress.duration(OptionalDouble.of(9000))).isEqualTo("about 2 h 30 min");
  }

  @Test
  void tellsWhatCameOfARun() {
    assertThat(CompareProgress.words(outcome(State.FINISHED, null)))
        .isEqualTo("train loss 0.5000, test loss 0.2500");
    assertThat(CompareProgress.words(outcome(State.FINISHED, 0.9)))
        .isEqualTo("train loss 0.5000, test accuracy 90.00 %");
    assertThat(CompareProgress.words(outcome(State.DIVERGED, null))).isEqualTo("diverged");
    assertThat(CompareProgress.words(outcome(State.FAILED, null))).isEqualTo("failed");
  }

  private static RunOutcome outcome(State state, Double accuracy) {
    return new RunOutcome(state, 0.5, 0.25, accuracy, 1, 2, 3);
  }
}
