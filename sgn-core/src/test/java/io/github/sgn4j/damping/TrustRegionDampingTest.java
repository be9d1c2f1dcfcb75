package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void growsToTheCeilingAndNoFurther() {
    GainRatioFactors factors = new GainRatioFactors(2, 0.5, 10);
    DampingPolicy policy = new TrustRegionDamping(1, 0, 15, factors);

    policy.accepted(0);
    assertThat(policy.current()).isEqualTo(2);
    policy.rejected(Double.NaN);
    assertThat(policy.current()).isEqualTo(15);
    policy.invalid();
    assertThat(policy.current()).isEqualTo(15);
    policy.accepted(1);
    assertThat(policy.current()).isEqualTo(7.5);
  }

  @Test
  void withoutBoundsItGrowsToTheLargestNumber() {
    DampingPolicy policy = new TrustRegionDamping(1e308, 0);

    policy.rejected(-1);
    assertThat(policy.current()).isEqualTo(1.5e308);
    policy.rejected(-1);
    assertThat(policy.current()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void refusesBoundsThatContradictEachOther() {
    GainRatioFactors factors = GainRatioFactors.REFERENCE;

    assertThatThrownBy(() -> new TrustRegionDamping(1, 3, 2, factors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("floor = 3.0: must be at most 2.0");
    assertThatThrownBy(() -> new TrustRegionDamping(3, 1, 2, factors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = 3.0: must be at most 2.0");
    assertThatThrownBy(() -> new TrustRegionDamping(1, 1, 2, factors).restore(2.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = 2.5: must be at most 2.0");
    assertThatThrownBy(() -> new TrustRegionDamping(1, 1, Double.POSITIVE_INFINITY, factors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ceiling = Infinity: must be finite and at least 0");
  }

  @Test
  void needsTheGainRatio() {
    assertThat(create(1).usesGainRatio()).isTrue();
  }
}
