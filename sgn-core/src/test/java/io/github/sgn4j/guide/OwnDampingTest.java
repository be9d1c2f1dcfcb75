package io.github.sgn4j.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.damping.DampingPolicy;
import org.junit.jupiter.api.Test;

/** The code of docs/extending.md on damping policies. */
class OwnDampingTest {

  /** A third of the damping after each good step, three times as much after each bad one. */
  static final class ThreefoldDamping implements DampingPolicy {

    private static final double LEAST = 1e-9;
    private static final double MOST = 1e9;
    private double damping;

    ThreefoldDamping(double initial) {
      restore(initial);
    }

    @Override
    public double at(long step, double gradientNorm) {
      return damping;
    }

    @Override
    public double current() {
      return damping;
    }

    @Override
    public void restore(double... memory) {
      if (memory.length != 1 || !(memory[0] >= LEAST && memory[0] <= MOST)) {
        throw new IllegalArgumentException("the damping must be one number from 1e-9 to 1e9");
      }
      damping = memory[0];
    }

    @Override
    public boolean usesGainRatio() {
      return true;
    }

    @Override
    public void accepted(double gainRatio) {
      // A ratio that was not measured is NaN and changes nothing.
      if (gainRatio > 0.75) {
        damping = Math.max(LEAST, damping / 3);
      } else if (gainRatio < 0.25) {
        damping = Math.min(MOST, damping * 3);
      }
    }

    @Override
    public void rejected(double gainRatio) {
      damping = Math.min(MOST, damping * 3);
    }

    @Override
    public void invalid() {
      rejected(Double.NaN);
    }
  }

  @Test
  void fallsRisesAndStaysInItsRange() {
    ThreefoldDamping policy = new ThreefoldDamping(1);

    policy.accepted(0.9);
    assertThat(policy.at(2, 1)).isEqualTo(1.0 / 3);
    policy.accepted(Double.NaN);
    policy.accepted(0.5);
    assertThat(policy.current()).isEqualTo(1.0 / 3);
    policy.rejected(-2);
    policy.invalid();
    assertThat(policy.current()).isEqualTo(3);
    for (int i = 0; i < 100; i++) {
      policy.invalid();
    }
    assertThat(policy.current()).isEqualTo(1e9);
    assertThatThrownBy(() -> policy.restore(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
