package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SolveLimitsTest {

  private static final SolveLimits LIMITS = new SolveLimits(9, 1e-3);

  @Test
  void leavesEverythingElseOff() {
    assertThat(LIMITS).isEqualTo(new SolveLimits(9, 1e-3, 0, 0, 1, 0, false, false));
  }

  @Test
  void changesOneAtATime() {
    assertThat(LIMITS.withRelativeTolerance(0.1))
        .isEqualTo(new SolveLimits(9, 1e-3, 0.1, 0, 1, 0, false, false));
    assertThat(LIMITS.withProgress(5e-4))
        .isEqualTo(new SolveLimits(9, 1e-3, 0, 5e-4, 1, 0, false, false));
    assertThat(LIMITS.withMinIterations(4))
        .isEqualTo(new SolveLimits(9, 1e-3, 0, 0, 4, 0, false, false));
    assertThat(LIMITS.withRefreshEvery(5))
        .isEqualTo(new SolveLimits(9, 1e-3, 0, 0, 1, 5, false, false));
    assertThat(LIMITS.withIterates(true))
        .isEqualTo(new SolveLimits(9, 1e-3, 0, 0, 1, 0, true, false));
    assertThat(LIMITS.withHistory(true))
        .isEqualTo(new SolveLimits(9, 1e-3, 0, 0, 1, 0, false, true));
    SolveLimits all =
        LIMITS
            .withRelativeTolerance(0.1)
            .withProgress(5e-4)
            .withMinIterations(4)
            .withRefreshEvery(5)
            .withIterates(true)
            .withHistory(true);
    assertThat(all).isEqualTo(new SolveLimits(9, 1e-3, 0.1, 5e-4, 4, 5, true, true));
  }

  @Test
  void refusesNoIterations() {
    assertThatThrownBy(() -> new SolveLimits(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxIterations = 0: must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesTolerancesOutOfRange(double value) {
    assertThatThrownBy(() -> new SolveLimits(1, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tolerance = " + value + ": must be finite and at least 0");
    assertThatThrownBy(() -> LIMITS.withRelativeTolerance(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("relativeTolerance = " + value + ": must be finite and at least 0");
    assertThatThrownBy(() -> LIMITS.withProgress(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("progress = " + value + ": must be finite and at least 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 10})
  void refusesMinimaOutOfRange(int value) {
    assertThatThrownBy(() -> LIMITS.withMinIterations(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minIterations = " + value + ": must be from 1 to maxIterations = 9");
  }

  @Test
  void refusesNegativeRefreshing() {
    assertThatThrownBy(() -> LIMITS.withRefreshEvery(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("refreshEvery = -1: must be at least 0");
  }
}
