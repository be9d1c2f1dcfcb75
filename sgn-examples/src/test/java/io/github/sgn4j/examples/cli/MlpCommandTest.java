package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import io.github.sgn4j.examples.data.MnistFiles;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlpCommandTest {

  @TempDir Path folder;

  private Outcome run(String... options) {
    String[] command = {"mlp", "--out", out().toString()};
    return CommandLineRunner.run(
        Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("runs").resolve("one");
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(out().resolve(name)));
  }

  @Test
  void trainsBostonWithSgnAndWritesItsFiles() throws IOException {
    Outcome outcome = run("--dataset=boston", "--epochs=3", "--layers=6,4", "--preset=reference");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("404 train", "102 test", "13-6-4-1", "epoch 1/3", "epoch 3/3", "test loss")
        .contains("results.json");

    JsonNode results = json("results.json");
    assertThat(results.get("status").asText()).isEqualTo("done");
    assertThat(results.get("tot_epochs").asInt()).isEqualTo(3);
    assertThat(results.get("tot_iterations").asInt()).isEqualTo(12);
    for (String perEpoch : new String[] {"avg_loss", "test_loss", "acc", "epoch_seconds"}) {
      assertThat(results.get(perEpoch)).as(perEpoch).hasSize(3);
    }
    for (String perStep : new String[] {"rho", "alpha", "cg_iterations"}) {
      assertThat(results.get(perStep)).as(perStep).hasSize(12);
    }
    assertThat(results.has("test_acc")).isFalse();
    assertThat(results.get("acc").get(0).isNull()).isTrue();
    assertThat(results.get("rho").get(0).asDouble()).isCloseTo(1e-3, within(1e-9));
    assertThat(results.get("avg_loss").get(2).asDouble())
        .isPositive()
        .isLessThan(results.get("avg_loss").get(0).asDouble());
    assertThat(results.get("epoch_seconds").get(2).asDouble())
        .isGreaterThan(results.get("epoch_seconds").get(1).asDouble());
    assertThat(results.get("tot_time").asDouble())
        .isGreaterThanOrEqualTo(results.get("epoch_seconds").get(2).asDouble());
    assertThat(results.get("environment").get("seed").asInt()).isEqualTo(1);
    assertThat(results.get("environment").get("precision").asText()).isEqualTo("float");

    JsonNode config = json("config.json");
    assertThat(config.get("dataset").asText()).isEqualTo("boston");
    assertThat(config.get("solver").asText()).isEqualTo("SGN");
    assertThat(config.get("layers").toString()).isEqualTo("[6,4]");
    assertThat(config.get("batch_size").asInt()).isEqualTo(101);
    assertThat(config.get("cg_max_iter").asInt()).isEqualTo(10);
    assertThat(config.has("lr")).isFalse();
    try (Stream<Path> files = Files.list(out())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "results.json");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySolverTrains(Solver solver) throws IOException {
    Outcome outcome =
        run("--dataset", "boston", "--epochs", "2", "--layers=5", "--solver", solver.name());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode results = json("results.json");
    assertThat(results.get("avg_loss").get(1).isNumber()).isTrue();
    assertThat(results.has("rho")).isEqualTo(solver == Solver.SGN);
    assertThat(json("config.json").has("lr")).isEqualTo(solver.hasLearningRate());
  }

  @Test
  void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers() throws IOException {
    String[] options = {"--dataset", "boston", "--epochs", "2", "--layers", "5", "--force"};
    run(options);
    JsonNode first = json("results.json").get("avg_loss");

    run(options);
    assertThat(json("results.json").get("avg_loss")).isEqualTo(first);

    run(Stream.concat(Stream.of(options), Stream.of("--seed", "2")).toArray(String[]::new));
    assertThat(json("results.json").get("avg_loss")).isNotEqualTo(first);
  }

  @Test
  void trainsMnistFromTheDataFolder() throws IOException {
    MnistFiles.write(folder, 60, 20);

    Outcome outcome =
        CommandLineRunner.run(
            Map.of("SGN_DATA", folder.toString()),
            0,
            "mlp",
            "--dataset",
            "mnist",
            "--layers",
            "5,4",
            "--epochs",
            "2",
            "--batch-size",
            "25",
            "--out",
            out().toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("test accuracy");
    JsonNode results = json("results.json");
    assertThat(results.get("test_acc").get(1).asDouble()).isBetween(0.0, 1.0);
    assertThat(results.get("acc").get(1).asDouble()).isBetween(0.0, 1.0);
    assertThat(results.has("test_loss")).isFalse();
    assertThat(results.get("tot_iterations").asInt()).isEqualTo(6);
  }

  @Test
  void trainsOnRowsOfFashionMnist() throws IOException {
    MnistFiles.write(folder, "fashion-mnist", 30, 20);

    Outcome outcome =
        run("--dataset=fashion", "--layers=4", "--epochs=1", "--data-dir", folder.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("fashion: 30 train and 20 test samples; MLP 784-4-10");
  }

  @Test
  void recordsThreadsAndMemory() throws IOException {
    run("--dataset=boston", "--layers=4", "--epochs=1", "--threads=1", "--memory=64M");

    for (JsonNode node :
        new JsonNode[] {json("config.json"), json("results.json").get("environment")}) {
      assertThat(node.get("threads").asInt()).isEqualTo(1);
      assertThat(node.get("memory").asLong()).isEqualTo(64L << 20);
    }
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status) && Files.readString(status).contains("VmHWM:")) {
      assertThat(json("results.json").get("environment").get("peak_resident_mb").asLong())
          .isBetween(50L, 100_000L);
    }
  }

  @Test
  void keepsTheLogsThatAreAskedFor() throws IOException {
    Path log = out().resolve("log.jsonl");
    Path events = out().resolve("tensorboard");
    String[] flags = {"--dataset=boston", "--epochs=2", "--layers=4", "--solver=SGD"};

    run(flags);
    assertThat(log).doesNotExist();
    assertThat(events).doesNotExist();

    run(flags[0], flags[1], flags[2], flags[3], "--force", "--log-jsonl", "--tensorboard");
    assertThat(Files.readAllLines(log)).hasSize(2 * (4 + 1)).allMatch(line -> line.endsWith("}"));
    assertThat(events).isDirectoryContaining("glob:**/events.out.tfevents.*");

    run(flags[0], flags[1], flags[2], flags[3], "--force", "--log-jsonl");
    assertThat(Files.readAllLines(log)).hasSize(2 * (4 + 1));
    assertThat(events).isEmptyDirectory();
  }

  @Test
  void logsThatCannotBeWrittenAreTheUsersToHearOf() throws IOException {
    Files.createDirectories(out());
    Files.createFile(out().resolve("tensorboard"));

    Outcome outcome = run("--dataset=boston", "--epochs=1", "--layers=4", "--tensorboard");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("Cannot write TensorBoard's events", "tensorboard");
    assertThat(outcome.err().lines().count()).isLessThanOrEqualTo(3);
  }

  @Test
  void trainsInDoublePrecision() throws IOException {
    run("--dataset=sine", "--epochs=1", "--layers=4", "--precision=double", "--rho=1e-3");

    assertThat(json("results.json").get("environment").get("precision").asText())
        .isEqualTo("double");
    assertThat(json("results.json").get("rho").get(0).asDouble()).isEqualTo(1e-3);
  }

  @ParameterizedTest
  @EnumSource(names = {"SGN", "SGD", "ADAM"})
  void weightDecayIsInTheTrainedLossAndNotInTheFinalOne(Solver solver) throws IOException {
    // One step that moves hardly anything.
    String[] options = {
      "--dataset=boston",
      "--epochs=1",
      "--layers=4",
      "--batch-size=404",
      "--precision=double",
      "--force",
      "--solver=" + solver,
      solver == Solver.SGN ? "--alpha=1e-9" : "--lr=1e-12"
    };
    run(options);
    JsonNode plain = json("results.json");
    assertThat(json("config.json").get("weight_decay").asDouble()).isZero();

    Outcome outcome = run(with(options, "--weight-decay=0.1"));

    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode decayed = json("results.json");
    assertThat(json("config.json").get("weight_decay").asDouble()).isEqualTo(0.1);
    assertThat(decayed.get("avg_loss").get(0).asDouble())
        .isGreaterThan(plain.get("avg_loss").get(0).asDouble() + 0.1);
    for (String part : new String[] {"train_loss", "test_loss"}) {
      assertThat(decayed.get("final").get("last").get(part).asDouble())
          .isCloseTo(plain.get("final").get("last").get(part).asDouble(), within(1e-6));
    }
    assertThat(decayed.get("test_loss").get(0).asDouble())
        .isCloseTo(plain.get("test_loss").get(0).asDouble(), within(1e-6));
  }

  @Test
  void muchWeightDecayKeepsANetworkFromFitting() throws IOException {
    String[] options = {
      "--dataset=boston", "--epochs=4", "--layers=4", "--force", "--preset=reference"
    };
    run(options);
    double plain = json("results.json").get("final").get("last").get("train_loss").asDouble();

    run(with(options, "--weight-decay=10"));

    assertThat(json("results.json").get("final").get("last").get("train_loss").asDouble())
        .isGreaterThan(2 * plain);
  }

  private static String[] with(String[] options, String another) {
    return Stream.concat(Stream.of(options), Stream.of(another)).toArray(String[]::new);
  }

  @Test
  void aBatchMayBeLargerThanTheData() throws IOException {
    run("--dataset", "boston", "--epochs", "2", "--layers", "4", "--batch-size", "5000");

    assertThat(json("results.json").get("tot_iterations").asInt()).isEqualTo(2);
    assertThat(json("config.json").get("batch_size").asInt()).isEqualTo(404);
  }

  @Test
  void endsWhenTheSecondsAreUsedUp() throws IOException {
    Outcome outcome =
        run("--dataset", "boston", "--layers", "4", "--max-seconds", "0.05", "--solver", "SGD");

    assertThat(outcome.status()).isZero();
    JsonNode results = json("results.json");
    assertThat(results.get("tot_time").asDouble()).isGreaterThanOrEqualTo(0.05);
    assertThat(results.get("tot_epochs").asInt()).isEqualTo(results.get("avg_loss").size());
    assertThat(json("config.json").get("epochs").isNull()).isTrue();
  }

  @Test
  void nonFiniteTrainingEndsWithThreeAndKeepsWhatWasMeasured() throws IOException {
    Outcome outcome =
        run("--dataset", "boston", "--layers", "50", "--solver", "sgd", "--lr", "1e2");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err().lines().count()).isLessThanOrEqualTo(3);
    RunResults results = RunResults.read(out());
    // The step that failed is the one after the last that was recorded; four make an epoch.
    long failed = results.totIterations() + 1;
    assertThat(outcome.err())
        .contains(
            "epoch " + ((failed + 3) / 4) + ", step " + failed + " (", "--lr", out().toString());
    assertThat(results.status()).isEqualTo(RunStatus.NON_FINITE);
    assertThat(results.avgLoss()).hasSize(results.totEpochs());
    assertThat(json("config.json").get("lr").asDouble()).isEqualTo(1e2);
  }

  @Test
  void forceReplacesAnEarlierRunAndNothingElse() throws IOException {
    run("--dataset", "boston", "--epochs", "3", "--layers", "4");
    Files.writeString(out().resolve("notes.txt"), "mine");

    Outcome outcome =
        run("--dataset", "boston", "--epochs", "1", "--layers", "4", "--force", "--solver", "SGD");

    assertThat(outcome.status()).isZero();
    assertThat(json("results.json").get("tot_epochs").asInt()).isEqualTo(1);
    assertThat(json("config.json").get("solver").asText()).isEqualTo("SGD");
    assertThat(out().resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void notesOptionsWithoutEffect() {
    Outcome outcome =
        run("--dataset", "boston", "--epochs", "1", "--layers", "4", "--rho-schedule", "cos");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).contains("--rho-schedule", "--no-tr");
  }

  @Test
  void switchesTrustRegionAndLineSearchOff() throws IOException {
    run(
        "--dataset",
        "boston",
        "--epochs",
        "1",
        "--layers",
        "4",
        "--no-tr",
        "--no-ls",
        "--rho-schedule",
        "linear",
        "--k",
        "3",
        "--rho",
        "1e-2",
        "--rho-min",
        "1e-4",
        "--precision",
        "double");

    JsonNode rho = json("results.json").get("rho");
    assertThat(rho.get(0).asDouble()).isCloseTo(1e-2, within(1e-12));
    assertThat(rho.get(1).asDouble()).isCloseTo((1e-2 + 1e-4) / 2, within(1e-12));
    assertThat(rho.get(3).asDouble()).isCloseTo(1e-4, within(1e-12));
    assertThat(json("config.json").get("ls").asBoolean()).isFalse();
  }

  @Test
  void theDefaultPresetIsSettledByTheLossAndRecorded() throws IOException {
    Outcome outcome = run("--dataset=boston", "--epochs=2", "--layers=4");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode config = json("config.json");
    assertThat(config.get("preset").asText()).isEqualTo("default");
    assertThat(config.get("damping_rule").asText()).isEqualTo("gradient-norm");
    assertThat(config.get("kappa").asDouble()).isEqualTo(0.1);
    assertThat(config.has("rho")).isFalse();
    assertThat(config.get("warm_start").asDouble()).isEqualTo(0.9);
    assertThat(config.get("averaging").asDouble()).isEqualTo(8);
    JsonNode results = json("results.json");
    JsonNode losses = results.get("final");
    assertThat(losses.get("last").get("train_loss").asDouble()).isPositive();
    assertThat(losses.get("average").get("test_loss").asDouble()).isPositive();
    assertThat(losses.get("last").has("test_acc")).isFalse();
    // 404 samples in batches of 101: a tenth of the samples, all of which give the curvature.
    assertThat(results.get("cg_iterations").get(7).asInt()).isEqualTo(10);
  }

  @Test
  void thePartsOfAStepAreOptions() throws IOException {
    Outcome outcome =
        run(
            "--dataset=boston",
            "--epochs=2",
            "--layers=4",
            "--kappa=0.5",
            "--kappa-min=0.01",
            "--curvature-samples=40",
            "--linear-solver=row-space",
            "--precond=none",
            "--step-rule=momentum",
            "--decay-from=0.25",
            "--averaging=0",
            "--no-reject",
            "--activation=tanh",
            "--init=xavier");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode config = json("config.json");
    assertThat(config.get("kappa").asDouble()).isEqualTo(0.5);
    assertThat(config.get("curvature_samples").asInt()).isEqualTo(40);
    assertThat(config.get("linear_solver").asText()).isEqualTo("row-space");
    assertThat(config.get("precond").asText()).isEqualTo("none");
    assertThat(config.get("step_rule").asText()).isEqualTo("quadratic-momentum");
    assertThat(config.get("reject").asBoolean()).isFalse();
    assertThat(config.get("init").asText()).isEqualTo("xavier");
    assertThat(json("results.json").get("final").has("average")).isFalse();
    assertThat(json("results.json").get("cg_iterations").get(0).asInt()).isZero();
    assertThat(outcome.out()).contains("13-4-1 tanh");
  }

  @Test
  void everySolverMayAverageItsIterates() throws IOException {
    run("--dataset=boston", "--epochs=2", "--layers=4", "--solver=ADAM", "--averaging=8");

    assertThat(json("results.json").get("final").has("average")).isTrue();
  }

  @Test
  void theFinalLearningRateFollowsASmallerLearningRate() throws IOException {
    run(
        "--dataset",
        "boston",
        "--epochs",
        "1",
        "--layers",
        "4",
        "--solver",
        "SGD",
        "--lr",
        "1e-4",
        "--scheduler",
        "cos");

    assertThat(json("config.json").get("lr_final").asDouble()).isEqualTo(1e-4);
  }

  @Test
  void verboseShowsEveryStep() {
    Outcome outcome = run("--dataset", "boston", "--epochs", "2", "--layers", "4", "--verbose");

    assertThat(outcome.out()).contains("step 1 ", "step 8 ", " rho ", " CG ");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 120})
  void aTerminalGetsABarOnStandardErrorThatFits(int columns) {
    Outcome outcome =
        CommandLineRunner.run(
            Map.of("HOME", "/nonexistent"),
            columns,
            "mlp",
            "--dataset",
            "boston",
            "--epochs",
            "2",
            "--layers",
            "4",
            "--out",
            out().toString());

    assertThat(outcome.err()).contains("SGN 100% [==", "8/8", "test loss 0.0");
    assertThat(outcome.err().contains("epoch 2")).isEqualTo(columns == 120);
    assertThat(outcome.err().split("[\r\n]", -1))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
    assertThat(outcome.out()).doesNotContain("epoch 1/2");
  }
}
