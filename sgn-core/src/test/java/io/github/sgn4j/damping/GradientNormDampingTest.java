package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientNormDampingTest extends DampingPolicyContract {

  @Override
  DampingPolicy create(double initial) {
    return new GradientNormDamping(initial);
  }

  @Override
  double[] memoryAt(double damping) {
    return new double[] {damping, 1};
  }

  @Test
  void isKappaTimesTheGradientsNorm() {
    DampingPolicy policy = create(0.1);

    assertThat(policy.at(1, 8)).isEqualTo(0.1 * 8);
    assertThat(policy.at(2, 0.5)).isEqualTo(0.1 * 0.5);
    assertThat(policy.current()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @CsvSource({
    "-Infinity, 0.75",
    "-2, 0.75",
    "0.2499, 0.75",
    "0.25, 0.5",
    "0.75, 0.5",
    "0.7501, 0.3333333333333333",
    "7, 0.3333333333333333",
    "NaN, 0.5"
  })
  void anAcceptedStepFollowsTheGainRatio(double ratio, double next) {
    DampingPolicy policy = create(0.5);

    policy.accepted(ratio);

    assertThat(policy.current()).isEqualTo(next);
    assertThat(policy.at(2, 10)).isEqualTo(next * 10);
  }

  @Test
  void aRejectedOrInvalidStepMultipliesKappaByFour() {
    DampingPolicy policy = create(0.5);

    policy.rejected(2);
    assertThat(policy.current()).isEqualTo(2);
    policy.invalid();
    assertThat(policy.current()).isEqualTo(8);
  }

  @Test
  void kappaStaysWithinItsBounds() {
    GainRatioFactors factors = new GainRatioFactors(2, 0.5, 100);
    DampingPolicy policy = new GradientNormDamping(1, 0.3, 50, factors);

    policy.accepted(1);
    policy.accepted(1);
    assertThat(policy.current()).isEqualTo(0.3);
    policy.accepted(0);
    assertThat(policy.current()).isEqualTo(0.6);
    policy.rejected(0);
    policy.invalid();
    assertThat(policy.current()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
  void aNormThatIsNoneCountsAsTheLargest(double norm) {
    assertThat(create(0.5).at(1, norm)).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void staysPositiveWhereTheGradientVanishes() {
    assertThat(create(0.5).at(1, 0)).isEqualTo(Float.MIN_NORMAL);
    assertThat((float) create(0.5).at(1, 1e-60)).isPositive();
  }

  @Test
  void refusesKappaOutsideItsBounds() {
    assertThatThrownBy(() -> create(1e-4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = 1.0E-4: must be at least 0.001");
    assertThatThrownBy(() -> create(2e4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = 20000.0: must be at most 10000.0");
    assertThatThrownBy(() -> create(1).restore(1e-4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("damping = 1.0E-4: must be at least 0.001");
    assertThatThrownBy(() -> new GradientNormDamping(1, 0, 2, GradientNormDamping.FACTORS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("floor = 0.0: must be finite and above 0");
  }

  @Test
  void takesOrdersAsADampingAtTheLastGradientsNorm() {
    DampingPolicy policy = create(0.5);
    policy.at(1, 8);

    policy.set(2);
    assertThat(policy.current()).isEqualTo(0.25);
    assertThat(policy.at(2, 8)).isEqualTo(2);
    assertThat(policy.at(3, 4)).isEqualTo(1);

    policy.set(0);
    assertThat(policy.current()).isEqualTo(GradientNormDamping.FLOOR);
    policy.set(1e300);
    assertThat(policy.current()).isEqualTo(GradientNormDamping.CEILING);
  }

  @Test
  void takesNoOrdersBeforeItKnowsANorm() {
    DampingPolicy policy = create(0.5);

    assertThatThrownBy(() -> policy.set(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not known yet; set it after a step");
    policy.at(1, 0);
    assertThatThrownBy(() -> policy.set(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is 0.0");
    policy.at(1, 3);
    policy.restore(0.5, Double.NaN);
    assertThatThrownBy(() -> policy.set(2)).isInstanceOf(IllegalStateException.class);
    assertThat(policy.current()).isEqualTo(0.5);
  }

  @Test
  void takesOrdersAfterRestoringAsBefore() {
    DampingPolicy original = create(0.5);
    original.at(1, 8);
    DampingPolicy copy = create(1);

    copy.restore(original.memory());
    copy.set(2);

    assertThat(copy.current()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0, 1e-300, Double.POSITIVE_INFINITY})
  void remembersWhateverNormItMet(double norm) {
    DampingPolicy original = create(0.5);
    original.at(1, norm);
    DampingPolicy copy = create(1);

    copy.restore(original.memory());

    assertThat(copy.memory()).containsExactly(0.5, norm);
  }

  @Test
  void refusesANegativeNormAndStaysAsItIs() {
    DampingPolicy policy = create(0.5);

    assertThatThrownBy(() -> policy.restore(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradient norm = -1.0: must be at least 0");
    assertThat(policy.memory()).containsExactly(0.5, Double.NaN);
  }

  @Test
  void needsTheGainRatio() {
    assertThat(create(1).usesGainRatio()).isTrue();
  }
}
