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

  private void write(String name, RunStatus status, Double... values) {
    RunFolder folder = RunFolder.at(runs.resolve(name), true);
    folder.create();
    List<Double> list = List.of(values);
    folder.writeResults(RunResultsTest.of(status, list, list, true));
  }

  private String row(String text, String label) {
    return text.lines()
        .filter(line -> line.startsWith("| " + label + " "))
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }

  /** The first row of that label in the section. */
  private String row(String report, String section, String label) {
    return row(report.substring(report.indexOf("## " + section)), label);
  }

  /** The section's row for a solver. */
  private String allSolvers(String report, String section, String label) {
    String text = report.substring(report.indexOf("## " + section));
    return row(text.substring(text.indexOf("### All solvers")), label);
  }

  @Test
  void showsAllSeedsAndWhetherTheGoalIsReached() {
    for (int seed = 1; seed <= 5; seed++) {
      write("fashion-sgn-" + seed, RunStatus.DONE, 0.1, 0.85 + 0.002 * seed);
      write("fashion-default-" + seed, RunStatus.DONE, 0.1, 0.84 + 0.002 * seed);
    }

    String report = new QualityReport(runs).toMarkdown();

    assertThat(allSolvers(report, "Fashion", "SGN, reference"))
        .startsWith(
            "| SGN, reference | 85.20 % | 85.40 % | 85.60 % | 85.80 % | 86.00 % | 85.60 % | 2 | 1.25 |")
        .contains("85.97 % ± 2.62 % (epoch 3, 147 s)");
    assertThat(allSolvers(report, "Fashion", "SGN, default"))
        .contains("| 84.60 % | 2 | 1.25 | - |");
    assertThat(report)
        .contains(
            "This project's goal for SGN's mean: at least 85.50 %; SGN, reference: reached; SGN,"
                + " default: missed.",
            "SGN, reference: not all runs are there");
  }

  @Test
  void showsDivergedMissingAndUnfinishedRuns() {
    write("fashion-sgd-1-1", RunStatus.NON_FINITE);
    write("fashion-sgd-1-2", RunStatus.INTERRUPTED, 0.5);
    write("fashion-sgd-1-3", RunStatus.DONE, 0.5);

    assertThat(allSolvers(new QualityReport(runs).toMarkdown(), "Fashion", "SGD, lr 1"))
        .startsWith("| SGD, lr 1 | diverged | unfinished | 50.00 % | - | - | - | 1 | 1.25 |")
        .contains("three of five diverged");
  }

  @Test
  void writesItsFile() throws IOException {
    write("fashion-adam-1", RunStatus.DONE, 0.5);
    Path file = runs.resolve("tables").resolve("conv-quality.md");

    new QualityReport(runs).write(file);

    assertThat(Files.readString(file)).isEqualTo(new QualityReport(runs).toMarkdown());
  }

  @Test
  void refusesFoldersWithoutRunsOrWithDamagedOnes() throws IOException {
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> new QualityReport(runs).toMarkdown())
        .withMessageContaining("run-conv-quality.sh");

    Path damaged = Files.createDirectory(runs.resolve("fashion-sgn-1"));
    Files.writeString(damaged.resolve("results.json"), "{");
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> new QualityReport(runs).toMarkdown())
        .withMessageContaining(damaged.toString());
  }

  @Test
  void showsConvolutionalNetworksEpochByEpoch() {
    write("cifar10-sgn-1", RunStatus.DONE, 0.53, 0.6, 0.65);
    write("cifar10-sgn-2", RunStatus.DONE, 0.57, 0.62, 0.61);
    write("fashion-sgn-1", RunStatus.DONE, 0.86);

    String report = new QualityReport(runs).toMarkdown();

    assertThat(report).contains("run-conv-quality.sh", "JPEG", "TITAN X");
    assertThat(row(report, "CIFAR-10", "epoch 1"))
        .isEqualTo(
            "| epoch 1 | 53.00 % | 57.00 % | 55.00 % | 56.02 % ± 0.67 % | 54.00 %, reached |");
    assertThat(row(report, "CIFAR-10", "epoch 2")).endsWith("| 61.62 % ± 1.25 % | - |");
    assertThat(row(report, "CIFAR-10", "56.02 %"))
        .contains("(epoch 2)", "(epoch 1)")
        .endsWith("| 215.6 |");
    assertThat(row(report, "CIFAR-10", "64.71 %")).contains("(epoch 3) | - | - | 646.7 |");
    assertThat(allSolvers(report, "CIFAR-10", "SGN, reference"))
        .contains("| 65.00 % | 61.00 % | 63.00 % | 3 |", "64.71 % ± 1.26 % (epoch 3, 647 s)");
    assertThat(report).contains("at least 62.00 %; SGN, reference: reached", "takes about 9600");
    assertThat(row(report, "Fashion", "epoch 1")).contains("| 86.00 % | - |", "not all there");
    assertThat(allSolvers(report, "Fashion", "SGD, lr 0.1"))
        .contains("89.07 % ± 0.28 % (epoch 45, 146 s)");
  }
}
