package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every damping policy promises. */
abstract class DampingPolicyContract {

  private static final double[] RATIOS = {
    Double.NEGATIVE_INFINITY, -3, 0, 0.2, 0.5, 0.9, 4, Double.POSITIVE_INFINITY, Double.NaN
  };

  abstract DampingPolicy create(double initial);

  @Test
  void startsWithTheInitialDamping() {
    assertThat(create(0.125).current()).isEqualTo(0.125);
  }

  @Test
  void staysFiniteAndNonNegativeWhateverHappens() {
    DampingPolicy policy = create(0.125);
    for (int step = 1; step < 3000; step++) {
      double ratio = RATIOS[step % RATIOS.length];
      assertThat(policy.at(step, 1)).isFinite().isNotNegative();
      switch (step % 3) {
        case 0 -> policy.accepted(ratio);
        case 1 -> policy.rejected(ratio);
        default -> policy.invalid();
      }
    }
  }

  @Test
  void continuesAfterRestoring() {
    DampingPolicy original = create(0.125);
    original.accepted(0.9);
    original.rejected(-1);
    original.invalid();
    DampingPolicy copy = create(77);
    copy.restore(original.memory());

    for (int step = 4; step < 40; step++) {
      assertThat(copy.at(step, 1)).isEqualTo(original.at(step, 1));
      original.accepted(RATIOS[step % RATIOS.length]);
      copy.accepted(RATIOS[step % RATIOS.length]);
    }
  }

  @Test
  void askingChangesNothing() {
    DampingPolicy policy = create(0.125);

    assertThat(policy.at(7, 1)).isEqualTo(policy.at(7, 1));
    assertThat(policy.at(1, 1)).isEqualTo(create(0.125).at(1, 1));
    assertThat(policy.current()).isEqualTo(0.125);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesADampingOutOfRange(double damping) {
    assertThatThrownBy(() -> create(damping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = " + damping + ": must be finite and at least 0");
    assertThatThrownBy(() -> create(1).restore(damping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damping = " + damping);
  }
}
