package io.github.sgn4j.examples.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void isTheMeanOverRunsAsFarAsAllOfThemWent() {
    RunResults slow =
        RunFiles.results(
            RunStatus.DONE, List.of(4.0, 2.0), List.of(8.0, 4.0), null, List.of(2.0, 4.0), null);

    Curve curve =
        Curve.of(Measure.TRAIN_LOSS, List.of(RunFiles.regression(RunStatus.DONE, 2, 1, 0.5), slow));

    assertThat(curve.epochs()).containsExactly(1.0, 2.0);
    assertThat(curve.seconds()).containsExactly(1.5, 3.0);
    assertThat(curve.mean()).containsExactly(3.0, 1.5);
    assertThat(curve.low()).containsExactly(2.0, 1.0);
    assertThat(curve.high()).containsExactly(4.0, 2.0);
  }

  @Test
  void leavesAGapWhereARunHasNoNumber() {
    Curve curve =
        Curve.of(
            Measure.TRAIN_LOSS,
            List.of(
                RunFiles.regression(RunStatus.DONE, 2, Double.NaN, 1),
                RunFiles.regression(RunStatus.DONE, 4, 3, Double.POSITIVE_INFINITY)));

    assertThat(curve.mean().get(0)).isEqualTo(3);
    assertThat(curve.mean().subList(1, 3)).allMatch(mean -> mean.isNaN());
    assertThat(curve.low()).containsExactly(2.0, 3.0, 1.0);
    assertThat(curve.isEmpty()).isFalse();
    assertThat(
            Curve.of(Measure.TRAIN_LOSS, List.of(RunFiles.regression(RunStatus.DONE, Double.NaN)))
                .isEmpty())
        .isTrue();
  }

  @Test
  void keepsTheExtremesOfTheEpochsThatAreLeftOut() {
    double[] losses = IntStream.range(0, 5000).mapToDouble(i -> i == 4321 ? 100 : 1).toArray();

    Curve curve =
        Curve.of(Measure.TRAIN_LOSS, List.of(RunFiles.regression(RunStatus.DONE, losses)));

    assertThat(curve.epochs()).hasSizeBetween(200, Curve.MOST_POINTS);
    assertThat(curve.mean()).allMatch(mean -> mean == 1);
    assertThat(Collections.max(curve.high())).isEqualTo(100);
    assertThat(curve.high().stream().filter(high -> high == 100)).hasSize(1);
  }

  @Test
  void isEmptyWithoutRunsOrEpochs() {
    assertThat(Curve.of(Measure.TEST_ACCURACY, List.of()).isEmpty()).isTrue();
    assertThat(
            Curve.of(Measure.TEST_ACCURACY, List.of(RunFiles.regression(RunStatus.DONE, 1)))
                .isEmpty())
        .isTrue();
    assertThat(
            Curve.of(Measure.TRAIN_LOSS, List.of(RunFiles.regression(RunStatus.RUNNING))).isEmpty())
        .isTrue();
  }
}
