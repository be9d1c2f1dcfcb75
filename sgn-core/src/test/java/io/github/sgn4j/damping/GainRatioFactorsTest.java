package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GainRatioFactorsTest {

  @Test
  void theReferencesAreThreeHalvesAndTwoThirds() {
    assertThat(GainRatioFactors.REFERENCE).isEqualTo(new GainRatioFactors(1.5, 2.0 / 3, 1.5));
    assertThat(GainRatioFactors.REFERENCE.withRejection(4))
        .isEqualTo(new GainRatioFactors(1.5, 2.0 / 3, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.5, 2, growth = 0.9: must be finite and at least 1",
    "NaN, 0.5, 2, growth = NaN: must be finite and at least 1",
    "2, 0, 2, decay = 0.0: must be above 0 and at most 1",
    "2, 1.1, 2, decay = 1.1: must be above 0 and at most 1",
    "2, NaN, 2, decay = NaN: must be above 0 and at most 1",
    "2, 0.5, Infinity, rejection = Infinity: must be finite and at least 1"
  })
  void refusesWhatWouldGoTheWrongWay(
      double growth, double decay, double rejection, String message) {
    assertThatThrownBy(() -> new GainRatioFactors(growth, decay, rejection))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
