package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A comparison with real runs, killed, ended, and gone on with. */
@DisabledOnOs(OS.WINDOWS)
class CompareIT {

  private static final int SIGTERM = 15;
  private static final String GRID =
      """
      data: {dataset: boston, layers: 4}
      epochs: 2
      seeds: 2
      configurations:
        - {solver: SGN}
        - {solver: SGD, lr: [0.1, 1e30]}
      """;

  @TempDir Path folder;
  private Path grid;

  @BeforeEach
  void writeTheGrid() throws IOException {
    grid = Files.writeString(folder.resolve("grid.yaml"), GRID);
  }

  private Process start(String out) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            "compare",
            "--grid",
            grid.toString(),
            "--out",
            folder.resolve(out).toString())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Reads until a line with that text, and hands out the child that is started then. */
  private ProcessHandle childAfter(Process process, String text) throws IOException {
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    while (line != null && !line.contains(text)) {
      line = lines.readLine();
    }
    assertThat(line).as(errors()).isNotNull();
    while (process.isAlive()) {
      // Not yet the helper that Java starts processes with.
      var child = process.children().filter(CompareIT::isJava).findFirst();
      if (child.isPresent()) {
        return child.get();
      }
    }
    throw new AssertionError("it ended: " + errors());
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("java")).isPresent();
  }

  /** Waits for the end of an orphan, which may stay a zombie where nobody reaps it. */
  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (process.isAlive()) {
      try {
        String text = Files.readString(status);
        if (text.startsWith("Z", text.lastIndexOf(')') + 2)) {
          return;
        }
      } catch (IOException e) {
        // It is ending just now, or the system tells in another way.
      }
      assertThat(System.nanoTime()).as("nanoseconds").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private String finished(String out) throws IOException, InterruptedException {
    Process process = start(out);
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(errors() + text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  /** What does not depend on time. */
  private JsonNode numbers(String out) throws IOException {
    JsonNode summary = new ObjectMapper().readTree(folder.resolve(out + "/summary.json").toFile());
    summary.get("configurations").forEach(row -> ((ObjectNode) row).remove("seconds"));
    return summary;
  }

  @Test
  @Timeout(600)
  void goesOnAfterBeingKilledAndEnded() throws Exception {
    Process killed = start("disturbed");
    try {
      ProcessHandle child = childAfter(killed, "1 of 6");
      killed.destroyForcibly().waitFor();
      // Nobody is left to tell it, and yet it ends.
      awaitEnd(child);
    } finally {
      killed.destroyForcibly();
    }
    byte[] first = Files.readAllBytes(folder.resolve("disturbed/runs/sgn/seed-1/results.json"));

    Process ended = start("disturbed");
    try {
      // The child of before may have been done before it was noticed that nobody waits.
      ProcessHandle child = childAfter(ended, " of 6");
      ended.destroy();
      assertThat(ended.waitFor()).isEqualTo(128 + SIGTERM);
      assertThat(child.isAlive()).isFalse();
      assertThat(errors()).contains("Interrupted.", "disturbed; the same command goes on");
    } finally {
      ended.destroyForcibly();
    }
    int missing = 0;
    for (JsonNode row : numbers("disturbed").get("configurations")) {
      missing += row.get("missing").asInt();
    }
    // At most four: each attempt has made a run.
    assertThat(missing).isBetween(1, 4);

    String text = finished("disturbed");
    assertThat(text)
        .contains(
            missing + " runs of 2 epochs to make, " + (6 - missing) + " there",
            "6 of 6",
            "SGD, lr 1e30");
    assertThat(folder.resolve("disturbed/runs/sgn/seed-1/results.json")).hasBinaryContent(first);

    finished("undisturbed");
    assertThat(numbers("disturbed")).isEqualTo(numbers("undisturbed"));
    List<Integer> counts = new ArrayList<>();
    numbers("disturbed")
        .get("configurations")
        .forEach(row -> counts.add(row.get("finished").asInt() - row.get("diverged").asInt()));
    assertThat(counts).containsExactly(2, 2, -2);
  }
}
