package io.github.sgn4j.examples.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepCurveTest {

  @Test
  void isStepByStepForShortRuns() {
    StepCurve curve = StepCurve.of(List.of(List.of(1, 2, 3), List.of(3.0, Double.NaN)));

    assertThat(curve.steps()).containsExactly(1, 2, 3);
    assertThat(curve.mean()).containsExactly(2.0, 2.0, 3.0);
    assertThat(curve.low()).containsExactly(1.0, 2.0, 3.0);
    assertThat(curve.high()).containsExactly(3.0, 2.0, 3.0);
  }

  @Test
  void takesStepsOfLongRunsTogetherAndKeepsTheirExtremes() {
    List<Integer> steps = IntStream.range(0, 20_201).boxed().toList();

    StepCurve curve = StepCurve.of(List.of(steps));

    assertThat(StepCurve.stepsPerPoint(20_201)).isEqualTo(81);
    assertThat(curve.steps()).hasSize(250).startsWith(81, 162).endsWith(20_201);
    assertThat(curve.mean().get(1)).isEqualTo((81 + 161) / 2.0);
    assertThat(curve.low().get(1)).isEqualTo(81);
    assertThat(curve.high().get(1)).isEqualTo(161);
  }

  @Test
  void hasNoNumberWhereThereIsNone() {
    StepCurve curve = StepCurve.of(List.of(Collections.nCopies(2, Double.NaN)));

    assertThat(curve.mean()).hasSize(2).allMatch(mean -> mean.isNaN());
    assertThat(StepCurve.of(List.of()).steps()).isEmpty();
  }
}
