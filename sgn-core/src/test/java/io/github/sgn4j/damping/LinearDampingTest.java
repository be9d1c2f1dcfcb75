package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearDampingTest extends DampingPolicyContract {

  @Override
  DampingPolicy create(double initial) {
    return new LinearDamping(initial, 1e-3, 5);
  }

  @Test
  void fallsToTheFloorInKSteps() {
    DampingPolicy policy = new LinearDamping(0.9, 0.1, 5);

    assertThat(
            new double[] {
              policy.at(1, 1), policy.at(2, 1), policy.at(3, 1), policy.at(4, 1), policy.at(5, 1)
            })
        .containsExactly(new double[] {0.9, 0.7, 0.5, 0.3, 0.1}, within(1e-15));
    assertThat(policy.at(6, 1)).isEqualTo(0.1);
    assertThat(policy.at(1000, 1)).isEqualTo(0.1);
  }

  @Test
  void aFloorAboveTheInitialDampingHoldsFromTheStart() {
    DampingPolicy policy = new LinearDamping(0.1, 0.9, 5);

    assertThat(policy.at(1, 1)).isEqualTo(0.9);
    assertThat(policy.at(50, 1)).isEqualTo(0.9);
  }

  @Test
  void needsTwoSteps() {
    assertThatThrownBy(() -> new LinearDamping(1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lastStep = 1: must be at least 2");
    assertThatThrownBy(() -> new LinearDamping(1, -1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("floor = -1.0: must be finite and at least 0");
  }
}
