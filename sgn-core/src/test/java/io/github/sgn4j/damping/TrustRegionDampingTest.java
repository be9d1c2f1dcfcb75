package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustRegionDampingTest extends DampingPolicyContract {

  @Override
  DampingPolicy create(double initial) {
    return new TrustRegionDamping(initial, 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "-Infinity, 0.75",
    "-2, 0.75",
    "0.2499, 0.75",
    "0.25, 0.5",
    "0.5, 0.5",
    "0.75, 0.5",
    "0.7501, 0.3333333333333333",
    "7, 0.3333333333333333",
    "NaN, 0.5"
  })
  void anAcceptedStepFollowsTheGainRatio(double ratio, double next) {
    DampingPolicy policy = create(0.5);

    policy.accepted(ratio);

    assertThat(policy.current()).isEqualTo(next);
    assertThat(policy.at(2, 1)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({"-1", "0.5", "2", "NaN"})
  void aRejectedStepRaisesTheDampingWhateverTheRatio(double ratio) {
    DampingPolicy policy = create(0.5);

    policy.rejected(ratio);

    assertThat(policy.current()).isEqualTo(0.75);
  }

  @Test
  void anInvalidStepRaisesTheDamping() {
    DampingPolicy policy = create(0.5);

    policy.invalid();

    assertThat(policy.current()).isEqualTo(0.75);
  }

  @Test
  void fallsToTheFloorAndNoFurther() {
    DampingPolicy policy = new TrustRegionDamping(1, 0.3);

    policy.accepted(1);
    policy.accepted(1);
    policy.accepted(1);
    policy.accepted(1);

    assertThat(policy.current()).isEqualTo(0.3);
  }

  @Test
  void aStartBelowTheFloorIsUsedUntilTheDampingFalls() {
    DampingPolicy policy = new TrustRegionDamping(1e-8, 1e-6);

    assertThat(policy.at(1, 1)).isEqualTo(1e-8);
    policy.accepted(0.5);
    assertThat(policy.at(2, 1)).isEqualTo(1e-8);
    policy.accepted(0.9);
    assertThat(policy.at(3, 1)).isEqualTo(1e-6);
  }

  @Test
  void needsTheGainRatio() {
    assertThat(create(1).usesGainRatio()).isTrue();
  }
}
