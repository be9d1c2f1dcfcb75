package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.data.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of runs are read or refused; nothing else happens. */
class RunFilesFuzzTest {

  private static final String[] PIECES = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "-1",
    "1e400",
    "1e999999999",
    "-1e999999999",
    "9".repeat(2000),
    "NaN",
    "Infinity",
    "\"DONE\"",
    "\"final\": ",
    "\\ud800",
    "[".repeat(3000),
    "{\"a\":".repeat(3000),
    "\uFEFF",
    "é"
  };

  @TempDir Path folder;

  @Test
  void results() throws IOException {
    Path file = folder.resolve(RunResults.FILE);
    JsonFiles.write(
        file,
        RunResultsTest.of(
            RunStatus.DONE, List.of(0.5, 0.25), List.of(0.5, 0.75), true, SomeMachine.ENVIRONMENT));
    byte[] good = Files.readAllBytes(file);

    new Mutations(1, good.length, PIECES)
        .check(good, file, 2000, path -> reads(() -> RunResults.read(folder)));
  }

  @Test
  void configurations() throws IOException {
    Path file = folder.resolve(RunFolder.CONFIG_FILE);
    JsonFiles.write(
        file,
        new TreeMap<>(
            Map.of(
                "solver",
                "SGN",
                "layers",
                List.of(20, 20),
                "rho",
                1e-3,
                "csv",
                Map.of("rows", 7))));
    byte[] good = Files.readAllBytes(file);

    new Mutations(2, good.length, PIECES)
        .check(good, file, 2000, path -> reads(() -> JsonFiles.read(path, JsonNode.class)));
  }

  @FunctionalInterface
  private interface Read {
    Object read() throws IOException;
  }

  private static boolean reads(Read read) {
    try {
      assertThat(read.read()).isNotNull();
      return true;
    } catch (IOException e) {
      String reason = IoReasons.of(e);
      assertThat(reason).isNotBlank().doesNotContain("Exception", "io.github", "java.");
      assertThat(reason.lines().count()).as(reason).isEqualTo(1);
      return false;
    }
  }
}
