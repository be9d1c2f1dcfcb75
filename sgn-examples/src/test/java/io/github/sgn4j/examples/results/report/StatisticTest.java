package io.github.sgn4j.examples.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticTest {

  @Test
  void isTheMeanAndTheSampleDeviationOfTheFiniteNumbers() {
    Statistic statistic = Statistic.of(1, Double.NaN, 2, 4, Double.POSITIVE_INFINITY);

    assertThat(statistic.n()).isEqualTo(3);
    assertThat(statistic.mean()).isCloseTo(7.0 / 3, within(1e-15));
    // Squares: 16/9 + 1/9 + 25/9 = 42/9, over two.
    assertThat(statistic.deviation()).isCloseTo(Math.sqrt(42.0 / 18), within(1e-15));
  }

  @Test
  void hasNoDeviationOfOneNumberAndNoMeanOfNone() {
    assertThat(Statistic.of(3).deviation()).isNaN();
    assertThat(Statistic.of(3).text(Measure.TEST_LOSS)).isEqualTo("3.000");
    assertThat(Statistic.of().mean()).isNaN();
    assertThat(Statistic.of(Double.NaN).text(Measure.TRAIN_LOSS)).isEqualTo("-");
  }

  @Test
  void writesTheDeviationAsTheMean() {
    assertThat(new Statistic(5, 0.004165, 5.213e-5).text(Measure.TRAIN_LOSS))
        .isEqualTo("0.004165\u00a0± 0.000052");
    assertThat(new Statistic(5, 1.2345e-5, 5.213e-8).text(Measure.TRAIN_LOSS))
        .isEqualTo("1.235e-05\u00a0± 5.2e-08");
    assertThat(new Statistic(5, 0.8721, 0.0067).text(Measure.TEST_ACCURACY))
        .isEqualTo("87.21 %\u00a0± 0.67 %");
    assertThat(new Statistic(2, 12.34, 0).text(Measure.TRAIN_LOSS)).endsWith("± 0");
  }

  @Test
  void overlapsIfTheIntervalsOfOneDeviationMeet() {
    Statistic low = new Statistic(3, 1, 0.25);

    assertThat(low.overlaps(new Statistic(3, 1.5, 0.25))).isTrue();
    assertThat(low.overlaps(new Statistic(3, 1.5, 0.2))).isFalse();
    assertThat(new Statistic(3, 1.5, 0.2).overlaps(low)).isFalse();
    assertThat(low.overlaps(new Statistic(1, 1.2, Double.NaN))).isTrue();
  }
}
