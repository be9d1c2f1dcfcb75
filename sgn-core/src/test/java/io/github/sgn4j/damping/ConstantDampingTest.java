package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConstantDampingTest extends DampingPolicyContract {

  @Override
  DampingPolicy create(double initial) {
    return new ConstantDamping(initial);
  }

  @Test
  void staysTheSame() {
    DampingPolicy policy = create(0.5);
    policy.rejected(-1);
    policy.invalid();

    assertThat(policy.at(1, 1)).isEqualTo(0.5);
    assertThat(policy.at(100000, 1)).isEqualTo(0.5);
    assertThat(policy.usesGainRatio()).isFalse();
  }
}
