package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import io.github.sgn4j.examples.data.CsvFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./sgn mlp --csv}: walks.csv and tea.csv are made up, by rules with some noise. */
class CsvCommandTest {

  @TempDir Path folder;
  private Path walks;
  private Path tea;
  private Path out;

  @BeforeEach
  void tables() throws IOException {
    walks = copy("walks.csv");
    tea = copy("tea.csv");
    out = folder.resolve("new").resolve("run");
  }

  private Path copy(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = CsvFormat.class.getResourceAsStream(name)) {
      Files.copy(in, file);
    }
    return file;
  }

  private Outcome run(String... options) {
    List<String> words = new ArrayList<>(List.of("mlp", "--out", out.toString()));
    words.addAll(Arrays.asList(options));
    return CommandLineRunner.run(words.toArray(String[]::new));
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(out.resolve(name)));
  }

  private void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().count()).as(outcome.err()).isBetween(1L, 3L);
    assertThat(outcome.err()).contains(parts).doesNotContain("Exception", "\tat ");
    assertThat(out.getParent()).doesNotExist();
  }

  @Test
  void trainsARegression() throws IOException {
    Outcome outcome = run("--csv", walks.toString(), "--target", "minutes", "--task", "regression");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("walks: 96 train and 24 test samples; MLP 7-32-32-1");
    assertThat(outcome.err())
        .contains("standardised target; times 4638.94", "\"minutes\"", "5 in \"load\"");

    JsonNode results = json("results.json");
    assertThat(results.get("status").asText()).isEqualTo("done");
    assertThat(results.get("tot_epochs").asInt()).isEqualTo(30);
    assertThat(results.get("tot_iterations").asInt()).isEqualTo(90);
    // Predicting the mean has a loss of about 1.
    assertThat(results.get("test_loss").get(29).asDouble()).isPositive().isLessThan(0.1);
    assertThat(results.has("test_acc")).isFalse();

    JsonNode config = json("config.json");
    assertThat(config.get("dataset").asText()).isEqualTo("walks");
    assertThat(config.get("csv").asText()).isEqualTo(walks.toString());
    assertThat(config.get("task").asText()).isEqualTo("regression");
    assertThat(config.get("target").asText()).isEqualTo("minutes");
    assertThat(config.get("test_fraction").asDouble()).isEqualTo(0.2);
    assertThat(config.get("split_seed").asInt()).isEqualTo(1);
    assertThat(config.get("train_rows").asInt()).isEqualTo(96);
    assertThat(config.get("test_rows").asInt()).isEqualTo(24);
    assertThat(config.get("numeric_columns").asInt()).isEqualTo(3);
    assertThat(config.get("text_columns").asInt()).isEqualTo(1);
    assertThat(config.get("inputs").asInt()).isEqualTo(7);
    assertThat(config.get("target_deviation").asDouble()).isBetween(68.1, 68.2);
    assertThat(config.get("batch_size").asInt()).isEqualTo(32);
    assertThat(config.get("layers").toString()).isEqualTo("[32,32]");
    assertThat(config.has("sine_frequency")).isFalse();
  }

  @Test
  void trainsAClassification() throws IOException {
    Outcome outcome =
        run("--csv=" + tea, "--target=last", "--task=Classification", "--test-fraction=0.3");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    JsonNode results = json("results.json");
    // The most frequent class has a share of 0.38.
    assertThat(results.get("test_acc").get(29).asDouble()).isBetween(0.8, 1.0);
    assertThat(results.has("test_loss")).isFalse();
    JsonNode config = json("config.json");
    assertThat(config.get("classes").toString()).isEqualTo("[\"bitter\",\"good\",\"weak\"]");
    assertThat(config.get("delimiter").asText()).isEqualTo(";");
    assertThat(config.get("test_rows").asInt()).isEqualTo(36);
    assertThat(config.has("target_mean")).isFalse();
  }

  @Test
  void theSplitIsTheSameForEverySeed() throws IOException {
    String[] options = {
      "--csv=" + walks,
      "--target=minutes",
      "--task=regression",
      "--epochs=1",
      "--layers=3",
      "--force"
    };
    List<String> numbers = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      List<String> words = new ArrayList<>(Arrays.asList(options));
      words.add("--seed=" + seed);
      run(words.toArray(String[]::new));
      numbers.add(json("config.json").get("target_mean").asText());
      losses.add(json("results.json").get("avg_loss").get(0).asDouble());
    }
    assertThat(numbers.get(0)).isEqualTo(numbers.get(1));
    assertThat(losses.get(0)).isNotEqualTo(losses.get(1));
  }

  @Test
  void takesATestFileAndOtherOptions() throws IOException {
    Path test = Files.writeString(folder.resolve("test.csv"), "a|b|c\n1|9|2\n");
    Path train = Files.writeString(folder.resolve("x.tsv.gz"), "a|b|c\n1|q|2\n2|r|3\n3|q|1\n");

    Outcome outcome =
        run(
            "--csv",
            train.toString(),
            "--test-csv",
            test.toString(),
            "--ignore",
            "b",
            "--delimiter",
            "|",
            "--header",
            "YES",
            "--target",
            "3",
            "--task",
            "regression",
            "--epochs",
            "2",
            "--layers",
            "2",
            "--precision",
            "double");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("x: 3 train and 1 test samples; MLP 1-2-1");
    JsonNode config = json("config.json");
    assertThat(config.get("test_csv").asText()).isEqualTo(test.toString());
    assertThat(config.has("split_seed")).isFalse();
    assertThat(config.get("ignored").toString()).isEqualTo("[\"b\"]");
    assertThat(config.get("batch_size").asInt()).isEqualTo(3);
  }

  /** The guide's commands, word for word but for the place of the files. */
  @Test
  void theGuidesCommandsRun() throws IOException {
    List<String> commands =
        Files.readAllLines(Path.of("..", "docs", "command-line.md")).stream()
            .filter(line -> line.startsWith("./sgn mlp --csv"))
            .toList();

    assertThat(commands).hasSizeGreaterThanOrEqualTo(2);
    for (String command : commands) {
      List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
      words.remove("./sgn");
      words.remove("mlp");
      words.replaceAll(word -> word.endsWith(".csv") ? folder.resolve(word).toString() : word);
      words.addAll(List.of("--epochs", "1", "--force"));
      Outcome outcome = run(words.toArray(String[]::new));
      assertThat(outcome.status()).as(command + "\n" + outcome.err()).isZero();
    }
  }

  @Test
  void asksForWhatIsMissing() {
    assertRefused(run(), "--dataset", "--csv");
    assertRefused(run("--csv", walks.toString(), "--dataset", "boston"), "exclude", "--dataset");
    assertRefused(run("--csv", walks.toString(), "--task", "regression"), "--target");
    assertRefused(run("--csv", walks.toString(), "--target", "1"), "--task", "regression");
    assertRefused(run("--csv", ""), "--csv is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "--target pace | no column \"pace\"",
        "--sine-frequency 3 | Not for --csv",
        "--data-dir . | Not for --csv",
        "--test-fraction 0 | above 0 and below 1",
        "--test-fraction 1 | above 0 and below 1",
        "--test-csv other.csv | no such file",
        "--test-csv other.csv --test-fraction 0.1 | exclude",
        "--delimiter ab | one character",
        "--delimiter . | one character",
        "--delimiter \" | one character",
        "--header perhaps | --header",
        "--ignore pace | no column \"pace\"",
        "--ignore minutes | both target and ignored",
        "--task clustering | --task",
      })
  void refusesWhatDoesNotFit(String options, String part) {
    List<String> words = new ArrayList<>(List.of("--csv", walks.toString()));
    if (!options.startsWith("--target")) {
      words.addAll(List.of("--target", "minutes"));
    }
    if (!options.startsWith("--task")) {
      words.addAll(List.of("--task", "regression"));
    }
    words.addAll(Arrays.asList(options.split(" ", -1)));
    assertRefused(run(words.toArray(String[]::new)), part);
  }

  @Test
  void refusesWhatIsWrongInTheFiles() throws IOException {
    String[] task = {"--csv", walks.toString(), "--target", "minutes", "--task", "regression"};
    Files.writeString(walks, "a,minutes\n1,2\n3\n");
    assertRefused(run(task), walks.toString(), "line 3", "1 value instead of 2");

    Files.writeString(walks, "a,minutes\n1,2\n3,long\n");
    assertRefused(run(task), "line 3", "\"long\"", "--task classification");

    assertRefused(
        run("--csv=" + tea, "--test-csv=" + walks, "--target=taste", "--task=classification"),
        walks.toString(),
        "same columns");
  }

  @Test
  void refusesNetworksThatFitNoMemory() {
    Outcome outcome =
        run(
            "--csv=" + tea,
            "--target=5",
            "--task=classification",
            "--layers=2000000000,2000000000");

    assertRefused(outcome, "parameters");
  }

  @Test
  void itsOptionsAreNotForDataSets() {
    assertRefused(
        run("--dataset", "boston", "--target", "medv", "--task", "regression", "--ignore", "1"),
        "Not for --dataset boston: --ignore, --target, --task");
  }

  @Test
  void namesTheRunByTheFile() {
    Map<String, String> names =
        Map.of(
            "a.csv",
            "a",
            "b.c.tsv.gz",
            "b.c",
            "data",
            "data",
            "x.CSV.GZ",
            "x",
            "y.data",
            "y.data",
            ".csv",
            ".csv");
    names.forEach(
        (file, name) -> {
          CsvSettings settings = new CsvSettings();
          settings.file = Path.of("folder", file);
          assertThat(settings.name()).isEqualTo(name);
        });
  }

  @ParameterizedTest
  @CsvSource({"1,32", "100,32", "404,101", "4000,1000", "1000000,1000"})
  void batchesAreAQuarter(int rows, int batch) {
    assertThat(CsvDefaults.batchSize(rows)).isEqualTo(batch);
  }
}
