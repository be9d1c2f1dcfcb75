package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sgn4j.checkpoint.CheckpointFolder;
import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that end in their midst and go on. */
class ResumeCommandTest {

  private static final int STEPS_PER_EPOCH = 4;

  @TempDir Path folder;

  private Path out() {
    return folder.resolve("run");
  }

  private static String[] command(Path out, String... options) {
    List<String> args = new ArrayList<>(List.of("mlp", "--dataset", "boston", "--layers", "5"));
    args.addAll(List.of("--verbose", "--out", out.toString()));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  private static Outcome run(Path out, String... options) {
    return CommandLineRunner.run(command(out, options));
  }

  /** Saves a checkpoint after each step and fails in the midst of that one. */
  private void failIn(int step, String... options) {
    PrintStream failing =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            if (line.startsWith("step " + step + " ")) {
              throw new IllegalStateException("the terminal is gone");
            }
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            failing,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("HOME", "/nonexistent"),
            0);
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--checkpoint-every", "1e-9"));

    int status =
        SgnCommand.commandLine(console).execute(command(out(), all.toArray(String[]::new)));

    assertThat(status).isEqualTo(ExitStatus.DEFECT);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("the terminal is gone");
    assertThat(out().resolve(CheckpointFolder.NEWEST)).exists();
  }

  private static JsonNode results(Path out) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(out.resolve("results.json")));
  }

  /** All but what the clock and the machine say. */
  private static JsonNode numbers(Path out) throws IOException {
    ObjectNode results = (ObjectNode) results(out);
    return results.without(List.of("epoch_seconds", "tot_time", "environment"));
  }

  private static List<String> files(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SGN", "SGD", "ADAM"})
  void goesOnAsIfNothingHadHappened(String solver) throws IOException {
    String[] options = {"--epochs", "5", "--solver", solver, "--averaging", "8"};
    Path whole = folder.resolve("whole");
    assertThat(run(whole, options).status()).isZero();
    failIn(11, options);
    assertThat(results(out()).get("status").asText()).isEqualTo("failed");
    assertThat(files(out()))
        .containsExactly(
            "checkpoint-before.sgn4j", "checkpoint.sgn4j", "config.json", "results.json");

    Outcome resumed =
        run(
            out(),
            Stream.of(options, new String[] {"--resume"})
                .flatMap(Stream::of)
                .toArray(String[]::new));

    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out())
        .contains("Going on after step 10", "step 11 ")
        .doesNotContain("step 10 ");
    assertThat(numbers(out())).isEqualTo(numbers(whole));
    JsonNode results = results(out());
    assertThat(results.get("tot_iterations").asInt()).isEqualTo(5 * STEPS_PER_EPOCH);
    assertThat(results.get("epoch_seconds")).hasSize(5);
    double before = 0;
    for (JsonNode seconds : results.get("epoch_seconds")) {
      assertThat(seconds.asDouble()).isGreaterThan(before);
      before = seconds.asDouble();
    }
    assertThat(files(out())).containsExactly("config.json", "results.json");
  }

  @Test
  void goesOnFromTheOneBeforeWhereTheNewestIsDamaged() throws IOException {
    Path whole = folder.resolve("whole");
    run(whole, "--epochs", "3");
    failIn(7, "--epochs", "3");
    damage(out().resolve(CheckpointFolder.NEWEST));

    Outcome resumed = run(out(), "--epochs", "3", "--resume");

    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains("checkpoint.sgn4j is damaged", "before it", "checkpoint-before.sgn4j");
    assertThat(resumed.out()).contains("Going on after step 5");
    assertThat(numbers(out())).isEqualTo(numbers(whole));
  }

  @Test
  void refusesDamagedCheckpointsAndLeavesEverythingAsItIs() throws IOException {
    failIn(7, "--epochs", "3");
    damage(out().resolve(CheckpointFolder.NEWEST));
    Files.writeString(out().resolve(CheckpointFolder.BEFORE), "{}");
    byte[] results = Files.readAllBytes(out().resolve("results.json"));

    assertRefused(
        run(out(), "--epochs", "3", "--resume"),
        "checkpoint.sgn4j is damaged",
        "checkpoint-before.sgn4j is not a checkpoint",
        "--force");
    assertThat(out().resolve("results.json")).hasBinaryContent(results);
  }

  @Test
  void refusesOtherOptionsNamingThem() throws IOException {
    failIn(7, "--epochs", "3");
    byte[] results = Files.readAllBytes(out().resolve("results.json"));

    assertRefused(run(out(), "--epochs", "3", "--seed", "2", "--resume"), "seed 1 there, 2 here");
    assertRefused(
        run(out(), "--epochs", "4", "--solver", "ADAM", "--batch-size", "50", "--resume"),
        "solver \"SGN\" there, \"ADAM\" here",
        "epochs 3 there, 4 here",
        "batch_size 101 there, 50 here",
        "more.");
    assertThat(out().resolve("results.json")).hasBinaryContent(results);

    assertThat(run(out(), "--epochs", "3", "--threads", "1", "--resume").status()).isZero();
  }

  @Test
  void refusesARunThatIsDone() {
    run(out(), "--epochs", "1");

    assertRefused(run(out(), "--epochs", "1", "--resume"), "is done", "--force");
  }

  @Test
  void refusesARunThatWouldMeetNaNAgain() throws IOException {
    assertThat(run(out(), "--epochs", "9", "--solver", "SGD", "--lr", "1e30").status())
        .isEqualTo(ExitStatus.NON_FINITE);
    assertThat(files(out())).containsExactly("config.json", "results.json");

    assertRefused(
        run(out(), "--epochs", "9", "--solver", "SGD", "--lr", "1e30", "--resume"), "NaN");
  }

  @Test
  void refusesARunWithoutCheckpoints() throws IOException {
    failIn(7, "--epochs", "3");
    Files.delete(out().resolve(CheckpointFolder.NEWEST));
    Files.delete(out().resolve(CheckpointFolder.BEFORE));

    assertRefused(run(out(), "--epochs", "3", "--resume"), "holds no checkpoint", "--force");
  }

  @Test
  void refusesAnotherRunsCheckpointAndKeepsIt() throws IOException {
    failIn(7, "--epochs", "3", "--preset", "reference", "--averaging", "8");
    byte[] foreign = Files.readAllBytes(out().resolve(CheckpointFolder.NEWEST));
    failIn(7, "--epochs", "3", "--force");
    Files.write(out().resolve(CheckpointFolder.NEWEST), foreign);

    Outcome resumed = run(out(), "--epochs", "3", "--resume");

    assertThat(resumed.status()).as(resumed.err()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(resumed.err())
        .contains(
            out().toString(),
            "does not go on from a state of",
            "Begin anew: --force instead of --resume.")
        .doesNotContain("Exception");
    assertThat(out().resolve(CheckpointFolder.NEWEST)).hasBinaryContent(foreign);
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(outcome.err()).contains(parts);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void beginsAnewByForce() throws IOException {
    failIn(7, "--epochs", "3");

    assertThat(run(out(), "--epochs", "2", "--force").status()).isZero();
    assertThat(results(out()).get("tot_epochs").asInt()).isEqualTo(2);
    assertThat(files(out())).containsExactly("config.json", "results.json");
  }

  @Test
  void stopsEarlyAndCountsTheBestEpoch() throws IOException {
    // Steps as long as these swing: the test loss does not fall for long.
    Outcome outcome =
        run(
            out(),
            "--epochs",
            "200",
            "--solver",
            "SGD",
            "--lr",
            "0.5",
            "--early-stopping",
            "2",
            "--averaging",
            "0");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode results = results(out());
    int epochs = results.get("tot_epochs").asInt();
    assertThat(epochs).isLessThan(200);
    int best = results.get("final").get("best_epoch").asInt();
    assertThat(best).isEqualTo(epochs - 2);
    assertThat(outcome.out()).contains("the test loss was lowest after epoch " + best);
    JsonNode losses = results.get("test_loss");
    for (JsonNode loss : losses) {
      assertThat(loss.asDouble()).isGreaterThanOrEqualTo(losses.get(best - 1).asDouble());
    }
    assertThat(results.get("final").get("best").get("test_loss").asDouble())
        .isEqualTo(losses.get(best - 1).asDouble());
    assertThat(results.get("final").get("last").get("test_loss").asDouble())
        .isEqualTo(losses.get(epochs - 1).asDouble());
    assertThat(results.get("status").asText()).isEqualTo("done");
  }
}
