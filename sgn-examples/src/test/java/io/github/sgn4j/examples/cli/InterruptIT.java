package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.checkpoint.CheckpointFolder;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class InterruptIT {

  private static final int SIGTERM = 15;

  @TempDir Path folder;

  /** By SIGTERM: whoever runs the build may have told its processes to ignore SIGINT. */
  @Test
  @Timeout(120)
  void whatWasMeasuredStaysCompleteAndTheRunGoesOn() throws IOException, InterruptedException {
    Path out = folder.resolve("run");
    String[] command = {
      "mlp",
      "--dataset",
      "boston",
      "--layers",
      "4",
      "--max-seconds",
      "3600",
      "--out",
      out.toString()
    };
    interrupt(start(command), "epoch ", 1);

    RunResults results = RunResults.read(out);
    assertThat(results.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(results.totEpochs()).isPositive().isEqualTo(results.avgLoss().size());
    assertThat(results.rho()).hasSize((int) results.totIterations());
    String toResume = "./sgn " + String.join(" ", command) + " --resume";
    assertThat(errors())
        .contains("Interrupted", out.toString())
        .contains("Go on with: " + toResume);
    assertThat(files(out)).containsExactly("checkpoint.sgn4j", "config.json", "results.json");
    CheckpointFolder.Found found = new CheckpointFolder(out).read();
    assertThat(found.refused()).isNull();
    assertThat(found.checkpoint().position().steps()).isEqualTo(results.totIterations());

    // The first line may be of an epoch whose steps were all done, and which was only not judged.
    interrupt(start(append(command, "--resume")), "epoch ", 2);

    RunResults further = RunResults.read(out);
    assertThat(further.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(further.totIterations()).isGreaterThan(results.totIterations());
    int epochs = results.totEpochs();
    int steps = (int) results.totIterations();
    assertThat(further.avgLoss().subList(0, epochs)).isEqualTo(results.avgLoss());
    assertThat(further.epochSeconds().subList(0, epochs)).isEqualTo(results.epochSeconds());
    assertThat(further.rho().subList(0, steps)).isEqualTo(results.rho());
    assertThat(further.epochSeconds().get(epochs))
        .isGreaterThan(results.epochSeconds().get(epochs - 1));
    assertThat(errors()).contains("Go on with: " + toResume);
  }

  @Test
  @Timeout(120)
  void withoutCheckpointsThereIsNothingToGoOnWith() throws IOException, InterruptedException {
    Path out = folder.resolve("run");
    interrupt(
        start(
            "mlp",
            "--dataset",
            "boston",
            "--layers",
            "4",
            "--max-seconds",
            "3600",
            "--checkpoint-every",
            "0",
            "--out",
            out.toString()),
        "epoch ",
        1);

    assertThat(RunResults.read(out).status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(errors()).contains("Interrupted").doesNotContain("--resume");
    assertThat(files(out)).containsExactly("config.json", "results.json");
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  private static String[] append(String[] words, String word) {
    return Stream.concat(Stream.of(words), Stream.of(word)).toArray(String[]::new);
  }

  /** Once it has printed so many lines that begin so. */
  private void interrupt(Process process, String lineStart, int times)
      throws IOException, InterruptedException {
    try (BufferedReader lines = process.inputReader()) {
      for (int seen = 0; seen < times; ) {
        String line = lines.readLine();
        assertThat(line).as(errors()).isNotNull();
        if (line.startsWith(lineStart)) {
          seen++;
        }
      }
      process.destroy();

      assertThat(process.waitFor()).isEqualTo(128 + SIGTERM);
    } finally {
      process.destroyForcibly();
    }
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private static List<String> files(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
