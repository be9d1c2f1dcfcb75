package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.Version;
import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import io.github.sgn4j.examples.compare.Grid;
import io.github.sgn4j.examples.compare.GridParser;
import io.github.sgn4j.examples.compare.Plan;
import io.github.sgn4j.examples.compare.Presets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command says before any run starts. */
class CompareCommandTest {

  @TempDir Path folder;

  private Outcome compare(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "compare";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--out";
    all[arguments.length + 2] = folder.resolve("out").toString();
    return CommandLineRunner.run(all);
  }

  private Outcome grid(String configurations, String... arguments) throws IOException {
    Path file = folder.resolve("g.yaml");
    Files.writeString(
        file, "data: {dataset: boston}\nepochs: 1\nconfigurations:\n" + configurations);
    String[] all = new String[arguments.length + 2];
    all[0] = "--grid";
    all[1] = file.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return compare(all);
  }

  @Test
  void listsTheRunsOfAPreset() {
    Outcome outcome = compare("--preset", "boston", "--dry-run", "--seeds", "2");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(
            "SGN, seed 1  ",
            "SGN reference, cg-max-iter 20, seed 2  ",
            "Adam, lr 0.03, trial  ",
            "SGD, lr not chosen yet, seed 2  ",
            "24 runs of 5 seconds to make, 0 there; time: about 4 min");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void printsAPresetThatCanBeReadAgain() throws IOException {
    for (String name : Presets.NAMES) {
      String text = CommandLineRunner.run("compare", "--preset", name, "--print-grid").out();
      Path file = Files.writeString(folder.resolve(name + ".yaml"), text);
      assertThat(read(file)).isEqualTo(preset(name));
    }
    Outcome dry = compare("--grid", folder.resolve("boston.yaml").toString(), "--dry-run");
    assertThat(dry.out()).contains("42 runs of 5 seconds");
  }

  @Test
  void presetsArePublishedTasksWithTheirSeconds() {
    Map<String, Double> seconds =
        Map.of(
            "boston",
            5.0,
            "sine-10",
            10.0,
            "sine-100",
            10.0,
            "mnist",
            20.0,
            "fashion",
            45.0,
            "cifar10",
            300.0);
    assertThat(Presets.NAMES).containsExactlyInAnyOrderElementsOf(seconds.keySet());
    for (String name : Presets.NAMES) {
      Grid grid = preset(name);
      assertThat(grid.budget().seconds()).isEqualTo(seconds.get(name));
      assertThat(grid.name()).isEqualTo(name);
      assertThat(grid.seeds()).isEqualTo(name.equals("cifar10") ? 2 : 5);
      assertThat(grid.configurations().get(0).options()).isEqualTo(Map.of("solver", "SGN"));
      assertThat(grid.configurations().stream().filter(c -> c.tune() != null))
          .hasSize(3)
          .allSatisfy(
              c ->
                  assertThat(c.tune().values())
                      .hasSizeGreaterThanOrEqualTo(name.equals("cifar10") ? 3 : 5));
    }
  }

  private static Grid preset(String name) {
    return GridParser.parse(Presets.file(name), Presets.content(name), catalog(), Map.of());
  }

  private static Grid read(Path file) {
    try {
      return GridParser.parse(file.toString(), Files.readAllBytes(file), catalog(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TrainOptions catalog() {
    return new TrainOptions(
        SgnCommand.commandLine(new Console(System.out, System.err, Map.of(), 0)));
  }

  static Stream<Path> grids() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "results", "grids"))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(all).hasSizeGreaterThan(5);
      return all.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("grids")
  void gridsOfTheResultsAreRead(Path file) {
    assertThat(read(file).name() + ".yaml").isEqualTo(file.getFileName().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{solver: SGDD} | Configuration 'SGDD': | '--solver'",
        "{name: x, lr: 0.1} | Configuration 'x': | Not for --solver SGN: --lr.",
        "{solver: SGD, lr: fast} | Configuration 'SGD': | 'fast' is not a number",
        "{solver: SGD, tune: {lr: [2, -1]}} | Configuration 'SGD' with lr -1: | out of range",
        "{rho: 1, kappa: 1} | Configuration 'SGN': | do not go with --kappa",
        "{lr-finale: 1} | g.yaml, line 4: 'lr-finale' is no option | Did you mean lr-final?",
        "{linear-solver: dense} | Configuration 'SGN': | a matrix of",
      })
  void refusesAConfigurationBeforeAnythingRuns(String entry, String where, String what)
      throws IOException {
    String small = entry.contains("dense") ? "  - {name: fine, solver: SGN}\n" : "";
    Outcome outcome =
        entry.contains("dense")
            ? large("  - " + entry + "\n" + small)
            : grid("  - " + entry + "\n");

    assertThat(outcome.status()).as(outcome.err() + outcome.out()).isEqualTo(2);
    assertThat(outcome.err()).contains(where, what);
    assertThat(outcome.err().lines()).hasSizeLessThanOrEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** A network whose matrix does not fit. */
  private Outcome large(String configurations) throws IOException {
    Path file = folder.resolve("large.yaml");
    Files.writeString(
        file,
        "data: {dataset: boston, layers: [300, 300]}\nepochs: 1\nconfigurations:\n"
            + configurations);
    return compare("--grid", file.toString());
  }

  @Test
  void saysWhatIsMissingOrTooMuch() throws IOException {
    assertRefused(compare(), "Name what to compare");
    assertRefused(compare("--preset", "bosten"), "no preset 'bosten'", "Did you mean boston?");
    assertRefused(compare("--preset", "boston", "--grid", "x"), "exclude each other");
    assertRefused(compare("--grid", folder + "/none.yaml"), "there is no such file");
    assertRefused(compare("--grid", folder.toString()), "cannot be read");
    assertRefused(compare("--preset", "boston", "--target", "y"), "--csv");
    assertRefused(compare("--csv", "x.csv"), "--target COLUMN");
    assertRefused(
        compare("--csv", folder + "/x.csv", "--target", "y", "--task", "regression"),
        "x.csv cannot be read");
    assertRefused(compare("--preset", "boston", "--seconds", "1", "--epochs", "1"), "one budget");
    assertRefused(compare("--preset", "mnist"), "mnist");
    assertRefused(compare("--print-grid"), "--preset NAME");
    Path noBudget =
        Files.writeString(
            folder.resolve("n.yaml"), "data: {dataset: boston}\nconfigurations: [{solver: SGN}]");
    assertRefused(compare("--grid", noBudget.toString()), "no budget", "--seconds");
  }

  private void assertRefused(Outcome outcome, String... words) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(words);
    assertThat(outcome.err().lines()).hasSizeLessThanOrEqualTo(4);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void saysThatAnotherVersionBeganTheComparison() throws IOException {
    Path plan = Files.createDirectories(folder.resolve("out")).resolve(Plan.FILE);
    Files.writeString(
        plan,
        """
        {"version": 1, "sgn4j": "0.0.9", "name": "g", "command": "mlp",
         "data": {"dataset": "boston"}, "files": {}, "budget": {"epochs": 1}, "seeds": 1,
         "configurations": [{"name": "SGN", "slug": "sgn", "options": {"solver": "SGN"}}]}
        """);

    Outcome outcome = grid("  - {solver: SGN}\n", "--seeds", "1", "--dry-run");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("SGN4J 0.0.9 began this comparison", Version.current() + "'s", "--out");

    Files.writeString(plan, Files.readString(plan).replace("0.0.9", Version.current()));
    assertThat(grid("  - {solver: SGN}\n", "--seeds", "1", "--dry-run").err()).isEmpty();
  }

  @Test
  void takesATableOfOnesOwn() throws IOException {
    StringBuilder table = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      table.append(i).append(',').append(i % 7).append('\n');
    }
    Path csv = folder.resolve("my table.csv");
    Files.writeString(csv, table.toString(), StandardCharsets.UTF_8);

    Outcome outcome =
        compare("--csv", csv.toString(), "--target", "y", "--task", "regression", "--dry-run");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("SGN, seed 3  ", "runs of 5 seconds");
    // Once, however many configurations were checked.
    assertThat(outcome.err().lines().filter(line -> line.startsWith("Note: losses"))).hasSize(1);
  }
}
