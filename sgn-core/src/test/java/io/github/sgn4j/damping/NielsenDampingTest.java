package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NielsenDampingTest extends DampingPolicyContract {

  @Override
  DampingPolicy create(double initial) {
    return new NielsenDamping(initial);
  }

  @Override
  double[] memoryAt(double damping) {
    return new double[] {damping, 2};
  }

  @ParameterizedTest
  @CsvSource({
    "-Infinity, 6",
    "-2, 6",
    "0, 6",
    "0.25, 3.375",
    "0.5, 3",
    "0.75, 2.625",
    "0.9, 1.464",
    "1, 1",
    "7, 1",
    "Infinity, 1",
    "NaN, 3"
  })
  void anAcceptedStepFollowsTheGainRatio(double ratio, double next) {
    DampingPolicy policy = create(3);

    policy.accepted(ratio);

    assertThat(policy.current()).isCloseTo(next, within(1e-15));
    assertThat(policy.at(2, 1)).isEqualTo(policy.current());
  }

  @Test
  void growsEverFasterUntilAStepIsAccepted() {
    DampingPolicy policy = create(1);

    policy.rejected(0.9);
    assertThat(policy.memory()).containsExactly(2, 4);
    policy.invalid();
    assertThat(policy.memory()).containsExactly(8, 8);
    policy.rejected(Double.NaN);
    assertThat(policy.memory()).containsExactly(64, 16);
    policy.accepted(0.5);
    assertThat(policy.memory()).containsExactly(64, 2);
    policy.rejected(-1);
    assertThat(policy.memory()).containsExactly(128, 4);
  }

  @Test
  void anUnmeasuredRatioEndsTheGrowthAllTheSame() {
    DampingPolicy policy = create(1);
    policy.rejected(-1);

    policy.accepted(Double.NaN);

    assertThat(policy.memory()).containsExactly(2, 2);
  }

  @Test
  void staysWithinItsBounds() {
    DampingPolicy policy = new NielsenDamping(1, 0.5, 5);

    policy.accepted(1);
    assertThat(policy.current()).isEqualTo(0.5);
    policy.rejected(-1);
    policy.rejected(-1);
    assertThat(policy.current()).isEqualTo(4);
    policy.accepted(0);
    assertThat(policy.current()).isEqualTo(5);
    for (int i = 0; i < 1100; i++) {
      policy.invalid();
    }
    assertThat(policy.memory()).containsExactly(5, Double.MAX_VALUE);
    policy.restore(policy.memory());
  }

  @Test
  void refusesWhatIsOutsideItsBoundsAndStaysAsItIs() {
    DampingPolicy policy = new NielsenDamping(1, 0.5, 5);

    assertThatThrownBy(() -> new NielsenDamping(1, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("floor = 0.0: must be finite and above 0");
    assertThatThrownBy(() -> new NielsenDamping(1, 0.5, 0.25))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ceiling = 0.25: must be at least 0.5");
    assertThatThrownBy(() -> new NielsenDamping(6, 0.5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = 6.0: must be at most 5.0");
    assertThatThrownBy(() -> policy.restore(0.25, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = 0.25: must be at least 0.5");
    assertThatThrownBy(() -> policy.restore(2, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nu = 1.5: must be at least 2.0");
    assertThatThrownBy(() -> policy.restore(2, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nu = NaN");
    assertThat(policy.memory()).containsExactly(1, 2);
  }

  @Test
  void needsTheGainRatio() {
    assertThat(create(1).usesGainRatio()).isTrue();
  }
}
