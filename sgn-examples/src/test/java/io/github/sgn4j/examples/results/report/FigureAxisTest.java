package io.github.sgn4j.examples.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureAxisTest {

  @ParameterizedTest
  @CsvSource({
    "1e-4, 3, true",
    "0.0028, 0.0031, true",
    "5, 5, true",
    "1e-30, 1e30, true",
    "85.5, 87.2, false",
    "0, 0, false",
    "-3, 1e6, false",
    "Infinity, -Infinity, true",
    "Infinity, -Infinity, false"
  })
  void hasAFewLabelledTicksInside(double lowest, double highest, boolean logarithmic) {
    FigureAxis axis = FigureAxis.around(lowest, highest, logarithmic);

    assertThat(axis.from()).isLessThan(axis.to());
    assertThat(axis.ticks().values().stream().filter(label -> !label.isEmpty()))
        .hasSizeBetween(2, 13);
    assertThat(axis.ticks().keySet())
        .allSatisfy(tick -> assertThat(axis.position(tick)).isBetween(-1e-9, 1 + 1e-9));
    if (lowest <= highest) {
      assertThat(axis.position(lowest)).isBetween(0.0, 1.0);
      assertThat(axis.position(highest)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void labelsAreShort() {
    assertThat(new FigureAxis(1e-4, 20, true).ticks()).containsValues("1e-4", "0.001", "0.1", "10");
    assertThat(new FigureAxis(0.9, 6, true).ticks()).containsValues("1", "2", "5");
    assertThat(new FigureAxis(85.4, 88.3, false).ticks()).containsValues("85.5", "86", "88");
  }

  @Test
  void placesNumbersOnTheirScale() {
    assertThat(new FigureAxis(0.1, 10, true).position(1)).isCloseTo(0.5, within(1e-12));
    assertThat(new FigureAxis(0, 10, false).position(1)).isCloseTo(0.1, within(1e-12));
  }
}
