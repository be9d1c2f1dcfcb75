package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

  @TempDir Path folder;

  private void train(String name, String... more) {
    String[] args = {
      "mlp",
      "--dataset",
      "boston",
      "--layers",
      "5",
      "--epochs",
      "2",
      "--out",
      folder.resolve(name).toString()
    };
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    assertThat(CommandLineRunner.run(all).status()).isZero();
  }

  @Test
  void reportsOnRunsOfTheCommandLine() throws IOException {
    train("sgn");
    train("adam", "--solver", "adam");

    Outcome outcome = CommandLineRunner.run("report", folder.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(
            "2 runs of 2 configurations, all done.", folder.resolve("report.html").toString());
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("## boston, layers 5", "| SGN", "| Adam");
  }

  @Test
  void aSingleRunsFolderWillDo() {
    train("sgn");

    assertThat(CommandLineRunner.run("report", folder.resolve("sgn").toString()).status()).isZero();
    assertThat(folder.resolve("sgn/report.html")).exists();
    assertThat(folder.resolve("sgn/results.json")).exists();
  }

  @Test
  void namesDamagedFoldersOnStandardErrorALineEach() throws IOException {
    train("sgn");
    Files.createDirectories(folder.resolve("bad"));
    Files.writeString(folder.resolve("bad/results.json"), "{");

    Outcome outcome = CommandLineRunner.run("report", folder.toString());

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).isEqualToIgnoringNewLines("Left out: bad: there is no config.json");
  }

  @Test
  void refusesFoldersWithoutRuns() {
    for (String where :
        new String[] {folder.toString(), folder.resolve("missing").toString(), ""}) {
      Outcome outcome = CommandLineRunner.run("report", where);

      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err().lines()).hasSizeBetween(1, 3);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void explainsItself() {
    Outcome outcome = CommandLineRunner.run("report", "--help");

    assertThat(outcome.out()).contains("Usage: ./sgn report", "report.html", "report.md");
    assertThat(CommandLineRunner.run("--help").out()).containsPattern("(?m)^ +report ");
  }
}
