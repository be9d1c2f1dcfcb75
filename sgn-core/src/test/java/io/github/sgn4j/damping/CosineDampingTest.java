package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineDampingTest extends DampingPolicyContract {

  @Override
  DampingPolicy create(double initial) {
    return new CosineDamping(initial, 1e-3, 5);
  }

  @Test
  void followsAQuarterOfACosine() {
    DampingPolicy policy = new CosineDamping(2, 1e-6, 3);

    assertThat(policy.at(1, 1)).isCloseTo(2 * Math.sqrt(3) / 2, within(1e-15));
    assertThat(policy.at(2, 1)).isCloseTo(2 * 0.5, within(1e-15));
    assertThat(policy.at(3, 1)).isEqualTo(1e-6);
  }

  @Test
  void staysAtTheFloorWhereTheCosineWouldRiseAgain() {
    DampingPolicy policy = new CosineDamping(2, 1e-6, 3);

    for (int step = 4; step < 30; step++) {
      assertThat(policy.at(step, 1)).isEqualTo(1e-6);
    }
  }

  @Test
  void needsAStep() {
    assertThatThrownBy(() -> new CosineDamping(1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lastStep = 0: must be at least 1");
  }
}
