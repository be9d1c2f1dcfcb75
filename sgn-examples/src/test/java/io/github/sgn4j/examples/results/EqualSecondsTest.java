package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sgn4j.examples.results.EqualSeconds.Method;
import io.github.sgn4j.examples.results.FinalLosses.Losses;
import io.github.sgn4j.objective.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EqualSecondsTest {

  @TempDir Path runs;

  private void run(String name, RunStatus status, FinalLosses losses) throws IOException {
    Path folder = Files.createDirectories(runs.resolve(name));
    JsonFiles.write(
        folder.resolve(RunResults.FILE),
        new RunResults(
            status,
            List.of(0.5),
            null,
            List.of(0.5),
            List.of(0.5),
            List.of(2.0),
            5,
            40,
            1,
            null,
            null,
            null,
            losses,
            RunEnvironment.ofThisMachine(Precision.FLOAT, 1, 1, null)));
  }

  private static FinalLosses losses(double last, double average, boolean averaged) {
    return new FinalLosses(
        averaged, new Losses(last, null, 2 * last, null), new Losses(average, null, 0.5, null));
  }

  private void fill() throws IOException {
    run("boston_sgn-default_-_1", RunStatus.DONE, losses(0.25, 0.125, true));
    run("boston_sgn-default_-_2", RunStatus.DONE, losses(0.75, 0.875, false));
    run("boston_adam_0.01_1", RunStatus.DONE, losses(0.5, 0.75, false));
    run("boston_adam_0.01_2", RunStatus.NON_FINITE, null);
    // The average counts where it is handed out, and the last iterate elsewhere.
    run("boston_adam_0.1_1", RunStatus.DONE, losses(0.4, 0.9, false));
    run("boston_adam_1_1", RunStatus.NON_FINITE, null);
    // What a run writes whose parameters are finite and whose losses are not.
    Losses infinite = new Losses(null, null, null, null);
    run("boston_sgd_10_1", RunStatus.DONE, new FinalLosses(false, infinite, infinite));
    run(
        "boston_momentum_1_1",
        RunStatus.DONE,
        new FinalLosses(true, infinite, new Losses(0.5, null, null, null)));
    run("boston_adam_3_1", RunStatus.INTERRUPTED, null);
    Files.createDirectories(runs.resolve("notes"));
  }

  @Test
  void findsTheBestRateOfASeed() throws IOException {
    fill();

    EqualSeconds read = EqualSeconds.read(runs);

    assertThat(read.best("boston", "adam", 1)).contains(new Method("adam", "0.1"));
    assertThat(read.best("boston", "adam", 2)).isEmpty();
    assertThat(read.best("boston", "sgd", 1)).isEmpty();
    assertThat(read.best("boston", "momentum", 1)).contains(new Method("momentum", "1"));
    assertThat(read.best("mnist", "adam", 1)).isEmpty();
    assertThat(read.tasks()).containsExactly("boston");
    assertThat(read.rates("boston", "adam"))
        .extracting(Method::rate)
        .containsExactly("0.01", "0.1", "1");
  }

  @Test
  void reportsMeansDeviationsAndDivergedRuns() throws IOException {
    fill();

    String text = new EqualSecondsReport(EqualSeconds.read(runs)).toMarkdown();

    // SGN: (0.125 + 0.75) / 2, deviation 0.625 / sqrt(2); last iterates (0.25 + 0.75) / 2.
    assertThat(text)
        .contains("0.4375 ± 0.4419 (0.5000)", "Adam, rate 0.1")
        .contains("Adam 0.01 0.5000, 0.1 0.4000, 1 diverged");
    assertThat(text.lines().filter(line -> line.startsWith("| sgn-default")))
        .singleElement()
        .asString()
        .matches(".*\\| +2 \\| +0 \\|");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> EqualSeconds.read(runs.resolve("missing")))
        .withMessageContaining("missing");
  }
}
