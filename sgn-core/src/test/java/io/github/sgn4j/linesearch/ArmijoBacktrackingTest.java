package io.github.sgn4j.linesearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.Evaluation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmijoBacktrackingTest {

  private final List<Double> tried = new ArrayList<>();

  @Test
  void takesTheFirstStepWithoutAnEvaluationIfItIsGoodEnough() {
    // Bound: 1 + 2 * 0.125 * (-3) = 0.25.
    LineSearchResult result = search(0.5, 10, false, 2, 1, -3, 0.25);

    assertThat(result.stepSize()).isEqualTo(2);
    assertThat(result.backtracks()).isZero();
    assertThat(result.satisfied()).isTrue();
    assertThat(tried).isEmpty();
  }

  @Test
  void shortensUntilTheConditionHolds() {
    LineSearchResult result = search(0.5, 10, false, 2, 1, -3, 0.26, 0.9, 0.25, 0.1);

    assertThat(tried).containsExactly(1.0, 0.5);
    assertThat(result.stepSize()).isEqualTo(0.5);
    assertThat(result.evaluation().loss()).isEqualTo(0.25);
    assertThat(result.backtracks()).isEqualTo(2);
    assertThat(result.satisfied()).isTrue();
  }

  @Test
  void keepsTheLastStepWhenItRunsOut() {
    LineSearchResult result = search(0.7, 2, false, 1, 1, -3, 5, 4, 3, 0);

    assertThat(tried).containsExactly(0.7, 0.7 * 0.7);
    assertThat(result.stepSize()).isEqualTo(0.7 * 0.7);
    assertThat(result.evaluation().loss()).isEqualTo(3);
    assertThat(result.backtracks()).isEqualTo(2);
    assertThat(result.satisfied()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"false, 2", "true, 1"})
  void theBoundMayFollowTheShrunkStep(boolean shrink, int backtracks) {
    // Bounds of the textbook: 0.625, then 0.8125. The reference's: always 0.625.
    LineSearchResult result = search(0.5, 10, shrink, 1, 1, -3, 0.9, 0.8, 0.6);

    assertThat(result.backtracks()).isEqualTo(backtracks);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNonFiniteTrialIsTooHigh(double loss) {
    LineSearchResult result = search(0.5, 10, false, 1, 1, -3, loss, loss, 0.1);

    assertThat(result.backtracks()).isEqualTo(2);
    assertThat(result.evaluation().loss()).isEqualTo(0.1);
  }

  @Test
  void withoutBacktracksItOnlyJudges() {
    LineSearchResult result = search(0.5, 0, false, 1, 1, -3, 5);

    assertThat(result.stepSize()).isEqualTo(1);
    assertThat(result.satisfied()).isFalse();
    assertThat(tried).isEmpty();
  }

  @Test
  void onAQuadraticItFindsADecrease() {
    StepFunction parabola = a -> new Evaluation((a - 0.1) * (a - 0.1), 0);

    LineSearchResult result =
        new ArmijoBacktracking(1e-4, 0.5, 10, true).search(parabola, 0.01, -0.2, 1, parabola.at(1));

    assertThat(result.evaluation().loss()).isLessThan(0.01);
    assertThat(result.stepSize()).isCloseTo(0.125, within(1e-15));
  }

  @Test
  void refusesParametersOutOfRange() {
    assertRefused(() -> new ArmijoBacktracking(1, 0.5, 10, false), "constant = 1.0");
    assertRefused(() -> new ArmijoBacktracking(-0.1, 0.5, 10, false), "constant = -0.1");
    assertRefused(() -> new ArmijoBacktracking(0.1, 1, 10, false), "factor = 1.0");
    assertRefused(() -> new ArmijoBacktracking(0.1, 0, 10, false), "factor = 0.0");
    assertRefused(() -> new ArmijoBacktracking(0.1, 0.5, -1, false), "maxBacktracks = -1");
  }

  private static void assertRefused(Runnable construction, String message) {
    assertThatThrownBy(construction::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** Searches with c = 1/8 where the trials' losses are these, the first one's first. */
  private LineSearchResult search(
      double factor,
      int maxBacktracks,
      boolean shrink,
      double firstStep,
      double loss,
      double slope,
      double... trials) {
    StepFunction function =
        a -> {
          tried.add(a);
          return new Evaluation(trials[tried.size()], 0);
        };
    return new ArmijoBacktracking(0.125, factor, maxBacktracks, shrink)
        .search(function, loss, slope, firstStep, new Evaluation(trials[0], 0));
  }
}
