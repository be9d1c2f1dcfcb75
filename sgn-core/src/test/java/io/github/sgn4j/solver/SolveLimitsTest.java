package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SolveLimitsTest {

  @Test
  void refusesNoIterations() {
    assertThatThrownBy(() -> new SolveLimits(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxIterations = 0: must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesToleranceOutOfRange(double tolerance) {
    assertThatThrownBy(() -> new SolveLimits(1, tolerance))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tolerance = " + tolerance + ": must be finite and at least 0");
  }
}
