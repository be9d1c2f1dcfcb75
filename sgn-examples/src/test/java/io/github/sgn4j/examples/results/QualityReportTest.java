package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityReportTest {

  @TempDir Path runs;

  private void write(String name, RunStatus status, boolean classes, Double... values) {
    RunFolder folder = RunFolder.at(runs.resolve(name), true);
    folder.create();
    List<Double> list = List.of(values);
    folder.writeResults(RunResultsTest.of(status, list, list, classes));
  }

  private String row(String report, String section, String label) {
    String text = report.substring(report.indexOf("## " + section));
    return text.lines()
        .filter(line -> line.startsWith("| " + label + " "))
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }

  @Test
  void showsAllSeedsAndWhetherTheGoalIsReached() {
    for (int seed = 1; seed <= 5; seed++) {
      write("mnist-sgn-" + seed, RunStatus.DONE, true, 0.1, 0.92 + 0.002 * seed);
      // The last five of six: 0.01 * seed.
      double loss = 0.01 * seed;
      write("boston-sgn-" + seed, RunStatus.DONE, false, 9.0, loss, loss, loss, loss, loss);
    }

    String report = new QualityReport(runs, QualityReport.Kind.MLP).toMarkdown();

    assertThat(row(report, "MNIST", "SGN"))
        .startsWith(
            "| SGN | 92.20 % | 92.40 % | 92.60 % | 92.80 % | 93.00 % | 92.60 % | 2 | 1.25 |")
        .contains("92.91 % ± 0.43 % (epoch 8, 24 s)");
    assertThat(report).contains("SGN's mean: at least 92.50 %; reached");
    assertThat(row(report, "Boston", "SGN")).contains("| 0.05000 | 0.03000 | 6 | 1.25 |");
    assertThat(report).contains("SGN's median: at most 0.01150; missed");
    assertThat(report).contains("racist", "not all runs are there");
  }

  @Test
  void showsDivergedMissingAndUnfinishedRuns() {
    write("sine-sgd-1-1", RunStatus.NON_FINITE, false);
    write("sine-sgd-1-2", RunStatus.INTERRUPTED, false, 0.5);
    write("sine-sgd-1-3", RunStatus.DONE, false, 0.5);

    assertThat(
            row(new QualityReport(runs, QualityReport.Kind.MLP).toMarkdown(), "Sine", "SGD, lr 1"))
        .isEqualTo(
            "| SGD, lr 1 | diverged | unfinished | 0.5000 | - | - | - | 1 | 1.25 | all five"
                + " diverged |");
  }

  @Test
  void writesItsFile() throws IOException {
    write("sine-adam-1", RunStatus.DONE, false, 0.5);
    Path file = runs.resolve("tables").resolve("quality.md");

    new QualityReport(runs, QualityReport.Kind.MLP).write(file);

    assertThat(Files.readString(file))
        .isEqualTo(new QualityReport(runs, QualityReport.Kind.MLP).toMarkdown());
  }

  @Test
  void refusesFoldersWithoutRunsOrWithDamagedOnes() throws IOException {
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> new QualityReport(runs, QualityReport.Kind.MLP).toMarkdown())
        .withMessageContaining("run-quality.sh");

    Path damaged = Files.createDirectory(runs.resolve("sine-sgn-1"));
    Files.writeString(damaged.resolve("results.json"), "{");
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> new QualityReport(runs, QualityReport.Kind.MLP).toMarkdown())
        .withMessageContaining(damaged.toString());
  }

  @Test
  void showsConvolutionalNetworksEpochByEpoch() {
    write("cifar10-sgn-1", RunStatus.DONE, true, 0.53, 0.6, 0.65);
    write("cifar10-sgn-2", RunStatus.DONE, true, 0.57, 0.62, 0.61);
    write("fashion-sgn-1", RunStatus.DONE, true, 0.86);

    String report = new QualityReport(runs, QualityReport.Kind.CONV).toMarkdown();

    assertThat(report).contains("run-conv-quality.sh", "JPEG", "TITAN X").doesNotContain("Boston");
    assertThat(row(report, "CIFAR-10", "epoch 1"))
        .isEqualTo(
            "| epoch 1 | 53.00 % | 57.00 % | 55.00 % | 56.02 % ± 0.67 % | 54.00 %, reached |");
    assertThat(row(report, "CIFAR-10", "epoch 2")).endsWith("| 61.62 % ± 1.25 % | - |");
    assertThat(row(report, "CIFAR-10", "56.02 %"))
        .contains("(epoch 2)", "(epoch 1)")
        .endsWith("| 215.6 |");
    assertThat(row(report, "CIFAR-10", "64.71 %")).contains("(epoch 3) | - | - | 646.7 |");
    assertThat(row(report, "CIFAR-10", "SGN"))
        .contains("| 65.00 % | 61.00 % | 63.00 % | 3 |", "64.71 % ± 1.26 % (epoch 3, 647 s)");
    assertThat(report).contains("at least 62.00 %; reached", "takes about 9600");
    assertThat(row(report, "Fashion", "epoch 1")).contains("| 86.00 % | - |", "not all there");
    assertThat(row(report, "Fashion", "SGD, lr 0.1"))
        .contains("89.07 % ± 0.28 % (epoch 45, 146 s)");
  }
}
