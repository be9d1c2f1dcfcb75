package io.github.sgn4j.examples.results.report;

import static io.github.sgn4j.examples.results.report.RunFiles.config;
import static io.github.sgn4j.examples.results.report.RunFiles.finished;
import static io.github.sgn4j.examples.results.report.RunFiles.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.results.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static String verdict(FoundRun... runs) {
    return new Verdict(Section.of(List.of(runs)).get(0)).text();
  }

  @Test
  void namesTheLowestMeanOfEachMeasure() {
    String text =
        verdict(
            run(config("SGN", 1), finished(1, 9, 2, 1)),
            run(config("SGN", 2), finished(1.5, 9.5, 2, 1)),
            run(config("ADAM", 1), finished(3, 4, 2, 1)),
            run(config("ADAM", 2), finished(3.5, 4.5, 2, 1)));

    assertThat(text)
        .contains(
            "SGN had the lowest mean train loss: 1.250\u00a0± 0.35 (2 runs); next Adam: 3.250")
        .contains("Adam had the lowest mean test loss: 4.250")
        .doesNotContain("overlap", "different times", "Not in");
  }

  @Test
  void saysSoIfDeviationsOverlapOrThereIsOneRun() {
    assertThat(
            verdict(
                run(config("SGN", 1), finished(1, 1, 2, 1)),
                run(config("SGN", 2), finished(2, 1, 2, 1)),
                run(config("ADAM", 1), finished(1.5, 1, 2, 1)),
                run(config("ADAM", 2), finished(2.5, 1, 2, 1))))
        .contains("Their deviations overlap: these runs do not tell the two apart.");
    assertThat(
            verdict(
                run(config("SGN", 1), finished(1, 1, 2, 1)),
                run(config("ADAM", 1), finished(8, 8, 2, 1))))
        .containsOnlyOnce("A configuration with one run says nothing about chance.");
  }

  @Test
  void saysSoIfTimesDiffer() {
    assertThat(
            verdict(
                run(config("SGN", 1), finished(1, 1, 2, 1)),
                run(config("ADAM", 1), finished(8, 8, 2, 1, 1, 1))))
        .contains("trained for different times, 2.00 to 4.00 s");
  }

  @Test
  void countsWhatIsNotInTheMeans() {
    assertThat(
            verdict(
                run(config("SGN", 1), finished(1, 1, 2, 1)),
                run(config("SGN", 2), RunFiles.regression(RunStatus.FAILED, 2)),
                run(config("ADAM", 1), RunFiles.regression(RunStatus.NON_FINITE, 2))))
        .contains("SGN: train loss 1.000 (1 run).")
        .endsWith("Not in these means: SGN (of 2 runs 1 failed); Adam (of 1 run 1 diverged).");
    assertThat(verdict(run(config("ADAM", 1), RunFiles.regression(RunStatus.NON_FINITE, 2))))
        .isEqualTo("No run has come to its end with finite numbers: Adam (of 1 run 1 diverged).");
  }

  @Test
  void moreAccuracyIsBetter() {
    assertThat(
            verdict(
                run(config("SGN", 1), RunFiles.classification(0.5, 0.8)),
                run(config("ADAM", 1), RunFiles.classification(0.4, 0.9))))
        .contains("Adam had the highest mean test accuracy: 90.00 %");
  }
}
