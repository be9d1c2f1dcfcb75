package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import io.github.sgn4j.examples.data.CifarFiles;
import io.github.sgn4j.examples.data.MnistFiles;
import io.github.sgn4j.examples.model.ConvArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvNetCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path small;

  @BeforeEach
  void writeASmallArchitecture() throws IOException {
    small = folder.resolve("small.json");
    Files.writeString(
        small,
        """
        {"mlp_layers": {"layer0": {"type": "FC", "output_size": 8, "activation": "relu"}},
         "conv_layers": {"layer1": {"type": "ACT", "activation": "relu"},
                         "layer2": {"type": "POOL", "pool_size": 4, "stride": 4},
                         "layer0": {"type": "CONV", "num_filters": 3, "filter_size": 5,
                                    "padding": 0, "stride": 2}}}
        """);
  }

  private Outcome run(String... options) {
    String[] command = {
      "convnet", "--out", out().toString(), "--data-dir", folder.toString(), "--epochs", "2"
    };
    return CommandLineRunner.run(
        Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("runs").resolve("one");
  }

  private JsonNode json(String name) throws IOException {
    return JSON.readTree(Files.readAllBytes(out().resolve(name)));
  }

  @ParameterizedTest
  @CsvSource({"float,SGN", "double,SGN", "float,SGD", "float,ADAM"})
  void trainsOnCifar(String precision, String solver) throws IOException {
    CifarFiles.write(folder, 8);

    Outcome outcome =
        run(
            "--dataset=cifar10",
            "--architecture=" + small,
            "--batch-size=15",
            "--precision=" + precision,
            "--solver=" + solver);

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("cifar10: 40 train and 8 test samples; ConvNet 32 x 32 x 3: conv 3@5x5 stride 2")
        .contains("epoch 2/2", "test accuracy");
    JsonNode results = json("results.json");
    assertThat(results.get("tot_iterations").asInt()).isEqualTo(6);
    assertThat(results.get("test_acc").get(1).asDouble()).isBetween(0.0, 1.0);
    assertThat(results.get("avg_loss").get(1).asDouble()).isPositive();
    assertThat(results.get("environment").get("precision").asText()).isEqualTo(precision);
    assertThat(results.has("rho")).isEqualTo(solver.equals("SGN"));
  }

  @Test
  void recordsTheArchitectureSoThatItCanBeReadAgain() throws IOException {
    MnistFiles.write(folder, "fashion-mnist", 30, 12);

    Outcome outcome = run("--dataset=fashion", "--architecture=" + small, "--preset=reference");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode config = json("config.json");
    assertThat(config.get("command").asText()).isEqualTo("convnet");
    assertThat(config.get("architecture").asText()).isEqualTo(small.toString());
    assertThat(config.get("batch_size").asInt()).isEqualTo(30);
    assertThat(config.get("initial_seed").asInt()).isEqualTo(1);
    assertThat(config.get("rho").asDouble()).isEqualTo(1e-3);
    Path again = folder.resolve("again.json");
    Files.writeString(
        again,
        JSON.createObjectNode()
            .<ObjectNode>setAll(
                Map.of(
                    "conv_layers", config.get("conv_layers"),
                    "mlp_layers", config.get("mlp_layers")))
            .toString());
    assertThat(ConvArchitecture.read(again).convLayers())
        .isEqualTo(ConvArchitecture.read(small).convLayers());
  }

  @Test
  void theDefaultArchitectureIsTheDataSets() throws IOException {
    MnistFiles.write(folder, 12, 5);

    Outcome outcome = run("--dataset=mnist", "--cg-max-iter=1", "--cg-min-iter=1");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("conv 6@5x5 padding 2", "61,706 parameters");
    assertThat(json("config.json").get("architecture").asText()).isEqualTo("lenet5");
  }

  @Test
  void aShortLastTestBatchCountsByItsImages() throws IOException {
    MnistFiles.write(folder, 20, 12);

    run("--dataset=mnist", "--architecture=" + small, "--batch-size=5");

    double right = json("results.json").get("test_acc").get(0).asDouble() * 12;
    assertThat(right).isCloseTo(Math.rint(right), within(1e-6));
  }

  @Test
  void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers() throws IOException {
    CifarFiles.write(folder, 4);
    String[] options = {
      "--dataset=cifar10", "--architecture=" + small, "--batch-size=7", "--force", "--threads=2"
    };
    run(options);
    JsonNode first = json("results.json").get("avg_loss");

    run(options);
    assertThat(json("results.json").get("avg_loss")).isEqualTo(first);

    run(Stream.concat(Stream.of(options), Stream.of("--seed=2")).toArray(String[]::new));
    assertThat(json("results.json").get("avg_loss")).isNotEqualTo(first);
  }
}
