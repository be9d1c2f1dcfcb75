package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import io.github.sgn4j.examples.data.CifarFiles;
import io.github.sgn4j.examples.data.MnistFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's mistakes: status 2, at most three lines, nothing left behind. */
class BadInputTest {

  @TempDir Path folder;

  private void assertRefused(String args, String... parts) throws IOException {
    Path out = folder.resolve("new").resolve("run");
    String[] all =
        Stream.concat(Arrays.stream(args.split(" ", -1)), Stream.of("--out", out.toString()))
            .toArray(String[]::new);

    assertRefused(CommandLineRunner.run(all), parts);

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.endsWith("new"));
    }
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().count()).as(outcome.err()).isBetween(1L, 3L);
    assertThat(outcome.err()).contains(parts).doesNotContain("Exception", "\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rho | -1 | 0 or more",
        "--rho | NaN | finite",
        "--rho | Infinity | finite",
        "--rho | 1e999 | finite",
        "--rho | x | not a number",
        "--rho-min | -1e-9 | 0 or more",
        "--rho-schedule | up | CONST",
        "--k | 0 | 1 or more",
        "--beta | 1 | below 1",
        "--alpha-exp | 1.5 | from 0 to 1",
        "--alpha | 0 | above 0",
        "--c-ls | 1 | below 1",
        "--rho-ls | 1 | below 1",
        "--rho-ls | 0 | above 0",
        "--max-ls-iter | -1 | 0 or more",
        "--max-ls-iter | 2.5 | not a whole number",
        "--cg-tol | -1 | 0 or more",
        "--preset | best | DEFAULT",
        "--kappa | 0 | above 0",
        "--curvature-samples | -1 | 0 or more",
        "--linear-solver | magic | row-space",
        "--precond | magic | HUTCHINSON",
        "--warm-start | 2 | from 0 to 1",
        "--averaging | -1 | 0 or more",
        "--weight-decay | -1e-4 | 0 or more",
        "--weight-decay | NaN | finite",
        "--weight-decay | 1e39 | single precision",
        "--cg-min-iter | 0 | 1 or more",
        "--cg-max-iter | 0 | 1 or more",
        "--cg-max-iter | 99999999999 | 1 or more",
        "--k-cg | -1 | 0 or more",
        "--lr | 0 | above 0",
        "--momentum | 1 | below 1",
        "--scheduler | exp | CONST",
        "--lr-final | -1 | above 0",
        "--step | 0 | 1 or more",
        "--reduction | 2 | from 0 to 1",
        "--epochs | 0 | 1 or more",
        "--max-seconds | 0 | above 0",
        "--max-seconds | NaN | finite",
        "--batch-size | 0 | 1 or more",
        "--seed | -1 | 0 or more",
        "--precision | half | FLOAT",
        "--sine-frequency | -10 | above 0",
        "--solver | LBFGS | ADAM",
        "--threads | 0 | 1 or more",
        "--threads | two | not a whole number",
        "--memory | 2x | not a size",
        "--memory | -1g | not a size",
        "--memory | 1.5g | not a size",
        "--memory | 512 | at least 1m",
        "--memory | 0g | at least 1m",
        "--memory | 99999999999g | at least 1m",
        "--checkpoint-every | -1 | 0 or more",
        "--checkpoint-every | often | not a number",
        "--early-stopping | 0 | 1 or more",
        "--layers | 0 | 1 or more",
        "--layers | -5 | 1 or more",
        "--layers | 20,x | not a whole number",
      })
  void refusesValuesOutOfRange(String option, String value, String part) throws IOException {
    assertRefused("mlp --dataset boston " + option + " " + value, option, part);
  }

  @Test
  void refusesLayersWithoutNumbers() throws IOException {
    assertRefused("mlp --dataset boston --layers", "--layers");
    assertRefused("mlp --dataset boston --layers 20 0 20", "--layers", "1 or more");
  }

  @Test
  void refusesUnknownOptionsAndSuggests() throws IOException {
    assertRefused("mlp --dataset boston --rhoo 1", "--rhoo", "--rho");
    assertRefused("mlp --dataset boston extra", "extra");
    assertRefused("demo --epochs 3", "--epochs");
  }

  @Test
  void refusesUnknownAndMissingCommands() {
    assertRefused(CommandLineRunner.run("dmo"), "dmo", "demo");
    assertRefused(CommandLineRunner.run("xyz"), "xyz", "demo, mlp, convnet");
    assertRefused(CommandLineRunner.run(), "command");
    assertRefused(CommandLineRunner.run("mlp"), "--dataset");
    assertRefused(CommandLineRunner.run("mlp", "--dataset", "iris"), "--dataset", "iris", "BOSTON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--solver SGN --lr 0.1",
        "--solver SGN --momentum 0.9",
        "--solver SGD --rho 1e-3",
        "--solver SGD --no-tr",
        "--solver ADAM --cg-max-iter 3",
        "--solver ADAM --momentum 0.9",
        "--solver ADAM --scheduler cos",
        "--solver ADAM --k 10",
        "--solver ADADELTA --lr 1",
        "--sine-frequency 3"
      })
  void refusesOptionsOfOtherSolversAndDataSets(String options) throws IOException {
    String[] words = options.split(" ", -1);
    assertRefused(
        "mlp --dataset boston " + options,
        "Not for",
        words[words.length < 4 ? 0 : 2].replace("--no-", "--"));
  }

  @Test
  void refusesAFinalLearningRateAboveTheFirst() throws IOException {
    assertRefused(
        "mlp --dataset boston --solver SGD --lr 1e-4 --lr-final 1e-3", "--lr-final", "--lr");
  }

  @Test
  void refusesOptionsThatContradictEachOther() throws IOException {
    assertRefused("mlp --dataset boston --rho 1 --kappa 1", "--rho", "--kappa");
    assertRefused("mlp --dataset boston --cg-prec --precond none", "--cg-prec", "--precond");
    assertRefused("mlp --dataset boston --kappa 1e-4", "--kappa-min", "0.001");
    assertRefused("mlp --dataset boston --kappa 1 --kappa-min 2", "--kappa", "--kappa-min");
    assertRefused("mlp --dataset boston --linear-solver row-space --rho 0", "--rho", "row-space");
    assertRefused(
        "mlp --dataset boston --linear-solver row-space --no-tr --rho-schedule linear --rho-min 0",
        "--rho-min",
        "row-space");
    assertRefused(
        "mlp --dataset boston --linear-solver row-space --curvature hessian", "--curvature");
    assertRefused("convnet --dataset mnist --precond ggn-diagonal", "--precond", "hutchinson");
    assertRefused(
        "mlp --dataset boston --layers 900 900 --linear-solver dense", "--linear-solver", "GB");
  }

  @Test
  void refusesSchedulesOfOneStep() throws IOException {
    assertRefused("mlp --dataset boston --no-tr --rho-schedule linear --k 1", "--k", "2");
    assertRefused("mlp --dataset boston --solver SGD --scheduler linear --k 1", "--k", "2");
  }

  @Test
  void refusesOptionsOfTheOtherCommand() throws IOException {
    assertRefused("convnet --dataset mnist --layers 20", "--layers");
    assertRefused("convnet --dataset mnist --sine-frequency 3", "--sine-frequency");
    assertRefused("mlp --dataset mnist --architecture lenet5", "--architecture");
    assertRefused("convnet --dataset boston", "--dataset", "CIFAR10");
    assertRefused("convnet", "--dataset");
  }

  @Test
  void refusesArchitecturesThatCannotBeUsed() throws IOException {
    assertRefused(
        "convnet --dataset mnist --architecture alexnet", "alexnet", "no such file", "lenet5");
    assertRefused("convnet --dataset mnist --architecture " + folder, "a folder");
    assertRefused("convnet --dataset mnist --architecture ", "--architecture is empty");

    Path file = folder.resolve("net.json");
    Files.writeString(file, "{\"conv_layers\": {\"layer0\": {\"type\": \"LSTM\"}}}");
    assertRefused("convnet --dataset mnist --architecture " + file, "layer0", "LSTM");

    Files.writeString(
        file,
        "{\"mlp_layers\": {}, \"conv_layers\": {\"layer4\":"
            + " {\"type\": \"POOL\", \"pool_size\": 30, \"stride\": 2}}}");
    assertRefused(
        "convnet --dataset mnist --architecture " + file,
        "layer4 (POOL 30x30, stride 2)",
        "28 x 28 x 1");
  }

  @Test
  void refusesConvNetsThatFitNoMemory() throws IOException {
    CifarFiles.write(folder, 2);
    Path file = folder.resolve("net.json");
    Files.writeString(
        file,
        "{\"conv_layers\": {}, \"mlp_layers\": {\"layer0\": {\"type\": \"FC\","
            + " \"output_size\": 2000000000, \"activation\": \"relu\"}}}");
    assertRefused(
        "convnet --dataset cifar10 --data-dir " + folder + " --architecture " + file,
        "parameters",
        "FC 2000000000");
  }

  @Test
  void refusesMissingImages() throws IOException {
    assertRefused("convnet --dataset mnist", "MNIST", "sgn4j/mnist");
    assertRefused("convnet --dataset fashion", "Fashion-MNIST", "sgn4j/fashion-mnist");
    assertRefused("convnet --dataset cifar10", "CIFAR-10", "sgn4j/cifar10");
  }

  @Test
  void refusesMissingData() throws IOException {
    assertRefused("mlp --dataset mnist", "MNIST", "sgn4j/mnist");
    assertRefused("mlp --dataset mnist --data-dir " + folder.resolve("no"), "no such folder");
  }

  @Test
  void refusesDamagedData() throws IOException {
    MnistFiles.write(folder, 20, 10);
    MnistFiles.put(folder, MnistFiles.TEST_LABELS, MnistFiles.labels(11));

    assertRefused("mlp --dataset mnist --data-dir " + folder, "10 images", "11 labels");
  }

  @Test
  void refusesADamagedCopyOfBoston() throws IOException {
    Files.createDirectory(folder.resolve("boston"));
    Files.writeString(folder.resolve("boston").resolve("boston.csv"), "crim,medv\n1,2\n");

    assertRefused("mlp --dataset boston --data-dir " + folder, "boston.csv", "line 1");
  }

  @Test
  void refusesFoldersThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    for (Path out : new Path[] {file, file.resolve("run"), Path.of("/proc/run")}) {
      for (String command : new String[] {"mlp", "demo"}) {
        String[] args =
            command.equals("mlp")
                ? new String[] {
                  command, "--dataset", "boston", "--epochs", "1", "--out", out.toString()
                }
                : new String[] {command, "--out", out.toString()};
        if (out.startsWith("/proc") && command.equals("demo")) {
          continue;
        }
        Outcome outcome = CommandLineRunner.run(args);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("Cannot write", out.toString());
        assertThat(outcome.err().lines().count()).isLessThanOrEqualTo(3);
      }
    }
    assertRefused(CommandLineRunner.run("mlp", "--dataset", "boston", "--out", ""), "--out");
  }

  @Test
  void refusesToReplaceResults() throws IOException {
    for (String name : new String[] {"results.json", "config.json"}) {
      Path earlier = Files.createDirectory(folder.resolve("of-" + name));
      Files.writeString(earlier.resolve(name), "{}");

      Outcome outcome =
          CommandLineRunner.run("mlp", "--dataset", "boston", "--out", earlier.toString());

      assertRefused(outcome, earlier.toString(), "--force");
      assertThat(earlier.resolve(name)).hasContent("{}");
    }
  }

  @Test
  void refusesToGoOnWithoutARun() throws IOException {
    assertRefused("mlp --dataset boston --resume", "holds no run that could go on", "--resume");
    Path earlier = Files.createDirectory(folder.resolve("earlier"));
    Files.writeString(earlier.resolve("config.json"), "{}");
    assertRefused(
        CommandLineRunner.run(
            "mlp", "--dataset", "boston", "--resume", "--force", "--out", earlier.toString()),
        "Not for --resume: --force");
  }

  @Test
  void refusesNetworksThatFitNoMemory() throws IOException {
    assertRefused("mlp --dataset boston --layers 2000000000 2000000000", "parameters");
    assertRefused("mlp --dataset boston --layers 40000 40000", "parameters", "SGN_JAVA_OPTS");
  }
}
