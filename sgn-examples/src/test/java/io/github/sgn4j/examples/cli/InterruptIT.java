package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void whatWasMeasuredStaysComplete() throws IOException, InterruptedException {
    Path out = folder.resolve("run");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "mlp",
                "--dataset",
                "boston",
                "--layers",
                "4",
                "--max-seconds",
                "3600",
                "--out",
                out.toString())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("epoch ")) {
        line = lines.readLine();
      }
      assertThat(line).as(Files.readString(folder.resolve("err"))).isNotNull();
      process.destroy();

      assertThat(process.waitFor()).isEqualTo(128 + SIGTERM);
    } finally {
      process.destroyForcibly();
    }
    RunResults results = RunResults.read(out);
    assertThat(results.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(results.totEpochs()).isPositive().isEqualTo(results.avgLoss().size());
    assertThat(results.rho()).hasSize((int) results.totIterations());
    assertThat(Files.readString(folder.resolve("err"))).contains("Interrupted", out.toString());
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "results.json");
    }
  }
}
