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

  /** The memory of such a policy at that damping. */
  double[] memoryAt(double damping) {
    return new double[] {damping};
  }

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

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        Double.MIN_VALUE,
        1e-30,
        1e30,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN
      })
  void isFiniteInEitherPrecisionWhateverTheGradientsNorm(double norm) {
    DampingPolicy policy = create(0.125);

    assertThat(policy.at(1, norm)).isFinite().isNotNegative();
    assertThat((float) policy.at(1, norm)).isFinite();
  }

  @Test
  void continuesAfterRestoring() {
    DampingPolicy original = create(0.125);
    original.accepted(0.9);
    original.rejected(-1);
    original.invalid();
    DampingPolicy copy = create(77);
    copy.restore(original.memory());

    assertThat(copy.memory()).isEqualTo(original.memory());
    for (int step = 4; step < 40; step++) {
      assertThat(copy.at(step, 1)).isEqualTo(original.at(step, 1));
      for (DampingPolicy policy : new DampingPolicy[] {original, copy}) {
        if (step % 5 == 0) {
          policy.invalid();
        } else {
          policy.accepted(RATIOS[step % RATIOS.length]);
        }
      }
    }
  }

  @Test
  void refusesAMemoryOfAnotherLengthAndStaysAsItIs() {
    DampingPolicy policy = create(0.125);
    double[] tooLong = new double[policy.memory().length + 1];

    assertThatThrownBy(() -> policy.restore(tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between steps, not " + tooLong.length);
    assertThatThrownBy(policy::restore).isInstanceOf(IllegalArgumentException.class);
    assertThat(policy.current()).isEqualTo(0.125);
  }

  @Test
  void askingChangesNothing() {
    DampingPolicy policy = create(0.125);

    assertThat(policy.at(7, 1)).isEqualTo(policy.at(7, 1));
    assertThat(policy.at(1, 1)).isEqualTo(create(0.125).at(1, 1));
    assertThat(policy.current()).isEqualTo(0.125);
  }

  @Test
  void goesOnWithAnotherDampingAsIfItHadBegunThere() {
    DampingPolicy policy = create(0.125);
    policy.at(1, 1);
    policy.rejected(-1);

    policy.set(0.5);

    DampingPolicy begun = create(0.5);
    begun.at(1, 1);
    assertThat(policy.current()).isEqualTo(0.5);
    assertThat(policy.memory()).isEqualTo(begun.memory());
    for (int step = 2; step < 9; step++) {
      assertThat(policy.at(step, 3)).isEqualTo(begun.at(step, 3));
      policy.accepted(0.1);
      begun.accepted(0.1);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesToGoOnWithADampingOutOfRange(double damping) {
    DampingPolicy policy = create(0.125);
    policy.at(1, 1);

    assertThatThrownBy(() -> policy.set(damping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = " + damping + ": must be finite and at least 0");
    assertThat(policy.current()).isEqualTo(0.125);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesADampingOutOfRange(double damping) {
    assertThatThrownBy(() -> create(damping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = " + damping + ": must be finite and at least 0");
    assertThatThrownBy(() -> create(1).restore(memoryAt(damping)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damping = " + damping);
  }
}
