package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void showFourDigits() {
    assertThat(Numbers.of(0)).isEqualTo("0");
    assertThat(Numbers.of(0.0123456)).isEqualTo("0.01235");
    assertThat(Numbers.of(-1.23456)).isEqualTo("-1.235");
    assertThat(Numbers.of(1234.56)).isEqualTo("1235");
    assertThat(Numbers.of(1.4683e-4)).isEqualTo("1.468e-04");
    assertThat(Numbers.of(2.5e12)).isEqualTo("2.500e+12");
    assertThat(Numbers.of(Double.NaN)).isEqualTo("-");
    assertThat(Numbers.of(Double.POSITIVE_INFINITY)).isEqualTo("-");
  }

  @Test
  void showPercentagesAndSeconds() {
    assertThat(Numbers.percent(0.92912)).isEqualTo("92.91 %");
    assertThat(Numbers.percent(Double.NaN)).isEqualTo("-");
    assertThat(Numbers.seconds(3.14159)).isEqualTo("3.14");
    assertThat(Numbers.seconds(314.159)).isEqualTo("314.2");
  }
}
