package io.github.sgn4j.examples.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridParserTest {

  private static final String HEAD = "data: {dataset: boston}\nseconds: 5\n";
  private static final String ONE = "configurations: [{solver: SGN}]\n";

  @Test
  void readsEverything() {
    Grid grid =
        TestCatalog.grid(
            """
            name: mine
            data: {dataset: boston, layers: [64, 32], batch-size: 50}
            seconds: 2.5
            seeds: 3
            configurations:
              - {name: SGN plain, solver: SGN, rho: 1e-4, ls: false}
              - {name: SGD, solver: SGD, tune: {lr: [0.03, 1e-1, 0.3]}}
            """);

    assertThat(grid.name()).isEqualTo("mine");
    assertThat(grid.command()).isEqualTo("mlp");
    assertThat(grid.data())
        .containsExactly(
            entry("dataset", "boston"),
            entry("layers", List.of("64", "32")),
            entry("batch-size", "50"));
    assertThat(grid.budget()).isEqualTo(Budget.ofSeconds(2.5));
    assertThat(grid.seeds()).isEqualTo(3);
    Configuration first = grid.configurations().get(0);
    assertThat(first.slug()).isEqualTo("sgn-plain");
    assertThat(first.options())
        .containsExactly(entry("solver", "SGN"), entry("rho", "1e-4"), entry("ls", "false"));
    assertThat(first.tune()).isNull();
    Configuration second = grid.configurations().get(1);
    assertThat(second.tune()).isEqualTo(new Tuning("lr", List.of("0.03", "1e-1", "0.3")));
    assertThat(second.options()).containsExactly(entry("solver", "SGD"));
  }

  @Test
  void readsTheSameAsJson() {
    String json =
        """
        {"data": {"dataset": "boston"}, "seconds": 5,
        \t"configurations": [{"solver": "SGD", "lr": [0.1, 1e-2]}]}
        """;
    Grid grid =
        GridParser.parse(
            "g.JSON", json.getBytes(StandardCharsets.UTF_8), new TestCatalog(), Map.of());

    assertThat(grid)
        .isEqualTo(TestCatalog.grid(HEAD + "configurations: [{solver: SGD, lr: [0.1, 1e-2]}]"));
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(
            () ->
                GridParser.parse(
                    "g.json",
                    (HEAD + ONE).getBytes(StandardCharsets.UTF_8),
                    new TestCatalog(),
                    Map.of()))
        .withMessageStartingWith("g.json, line 1: this is not JSON (");
  }

  @Test
  void makesAConfigurationOfEachValueOfALists() {
    Grid grid =
        TestCatalog.grid(
            HEAD
                + "configurations: [{name: A, solver: SGD, lr: [0.1, 1], momentum: [0, 0.9]},"
                + " {solver: [SGN, ADAM]}]");

    assertThat(grid.configurations())
        .extracting(Configuration::name)
        .containsExactly(
            "A, lr 0.1, momentum 0",
            "A, lr 0.1, momentum 0.9",
            "A, lr 1, momentum 0",
            "A, lr 1, momentum 0.9",
            "SGN",
            "ADAM");
    assertThat(grid.configurations().get(2).options())
        .containsOnly(entry("solver", "SGD"), entry("lr", "1"), entry("momentum", "0"));
    assertThat(grid.configurations().get(1).slug()).isEqualTo("a-lr-0.1-momentum-0.9");
  }

  @Test
  void takesASwitchByItsNegation() {
    Grid grid = TestCatalog.grid(HEAD + "configurations: [{no-ls: true}, {name: b, ls: true}]");

    assertThat(grid.configurations().get(0).options()).containsExactly(entry("ls", "false"));
    assertThat(grid.configurations().get(1).options()).containsExactly(entry("ls", "true"));
  }

  @Test
  void guessesTheCommandByTheData() {
    assertThat(TestCatalog.grid("data: {dataset: CIFAR10}\n" + ONE).command()).isEqualTo("convnet");
    assertThat(TestCatalog.grid("command: convnet\ndata: {dataset: mnist}\n" + ONE).command())
        .isEqualTo("convnet");
  }

  @Test
  void takesDataFromOutside() {
    Grid grid =
        GridParser.parse(
            "x.yaml",
            ONE.getBytes(StandardCharsets.UTF_8),
            new TestCatalog(),
            Map.of("csv", "my.csv"));

    assertThat(grid.data()).containsExactly(entry("csv", "my.csv"));
    assertThat(grid.budget()).isNull();
    assertThat(grid.seeds()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "configuration: [{solver: SGN}] | line 3: 'configuration' means nothing | Did you mean"
            + " configurations?",
        "seeds: 0 | line 3: seeds is the value '0' | from 1 to",
        "seeds: 1.5 | line 3: seeds is the value '1.5' | whole number",
        "seeds: [1, 2] | line 3: seeds takes one value | a list",
        "epochs: 3 | line 3: seconds and epochs exclude each other | one budget",
        "seconds: 6 | line 3: 'seconds' stands here twice | line 3",
        "command: mpl | line 3: command is 'mpl' | mlp or convnet",
        "name: '!!' | line 3: name is '!!' | letters",
        "configurations: {a: 1} | line 3: configurations is a group of keys | a list",
        "configurations: [] | line 3: configurations is empty | one or more",
        "configurations: [3] | line 3: a configuration takes keys | '3'",
        "configurations: [{lrr: 3}] | line 3: 'lrr' is no option | Did you mean lr",
        "configurations: [{layers: 3}] | line 3: layers is the same for all | under data",
        "configurations: [{epochs: 3}] | line 3: no epochs here | epochs: N at the top",
        "configurations: [{out: x}] | line 3: no out here | --out",
        "configurations: [{checkpoint-every: 3}] | line 3: no checkpoint-every | made again",
        "configurations: [{early-stopping: 3}] | line 3: no early-stopping here | the test data",
        "configurations: [{tune: {weight-decay: [0, 1]}}] | line 3: weight-decay cannot be tuned |"
            + " list its values",
        "configurations: [{lr: []}] | line 3: lr is an empty list | lr",
        "configurations: [{lr: [1, 1.0]}] | line 3: lr has '1.0' twice | lr",
        "configurations: [{lr: {a: 1}}] | line 3: lr takes a value | a group of keys",
        "configurations: [{lr: }] | line 3: there is no value here | \"\"",
        "configurations: [{ls: maybe}] | line 3: ls is 'maybe' | true or false",
        "configurations: [{tune: {rho: [1e-3, 1e+3]}}] | line 3: '1e-3' has the same folder as '1e+3' |"
            + " 1000",
        "configurations: [{ls: true, no-ls: true}] | line 3: ls is given twice | ls",
        "configurations: [{tune: {lr: 1}}] | line 3: tune takes two values | choose",
        "configurations: [{tune: 1}] | line 3: tune takes one option | such as",
        "configurations: [{tune: {lr: [1, 2], rho: [1, 2]}}] | line 3: tune takes one option |"
            + " such as",
        "configurations: [{lr: 1, tune: {lr: [1, 2]}}] | line 3: lr is both given and tuned | lr",
        "configurations: [{solver: SGN}, {solver: SGN}] | line 3: two configurations are called"
            + " 'SGN' | names that differ",
        "configurations: [{name: a b}, {name: a-b}] | line 3: 'a b' has the same folder as 'a-b' |"
            + " names that differ",
        "configurations: [&x {solver: SGN}, *x] | line 3: anchors | write values out",
        "configurations: !!set [{solver: SGN}] | line 3: anchors | write values out",
        "configurations: [[[[[[[[[[1]]]]]]]]]] | line 3: this is nested too deeply | line 3",
        "configurations: [{solver: SGN | line 3: this is not YAML | (",
        "configurations: \t{solver: SGN} | line 3: | .",
      })
  void refusesWithTheLineAndWhatToDo(String text, String what, String remedy) {
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> TestCatalog.grid(HEAD + text))
        .withMessageContaining("grid.yaml, ")
        .withMessageContaining(what)
        .withMessageContaining(remedy);
  }

  @Test
  void refusesWhatMultipliesBeyondReason() {
    String list = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(
            () ->
                TestCatalog.grid(
                    HEAD
                        + "configurations: [{lr: "
                        + list
                        + ", rho: "
                        + list
                        + ", momentum: "
                        + list
                        + "}]"))
        .withMessageContaining("more than 500");
  }

  @Test
  void refusesFilesThatAreNoGrid() {
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> TestCatalog.grid(""))
        .withMessageContaining("empty");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> TestCatalog.grid(HEAD))
        .withMessageContaining("no configurations")
        .withMessageContaining("--print-grid");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> TestCatalog.grid("- a\n"))
        .withMessageContaining("takes keys with values, not a list");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> TestCatalog.grid(HEAD + ONE + "---\na: 1\n"))
        .withMessageContaining("one grid a file");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(
            () -> GridParser.parse("g.yaml", new byte[] {(byte) 0xff}, new TestCatalog(), Map.of()))
        .withMessageContaining("UTF-8");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(
            () -> GridParser.parse("g.yaml", new byte[(1 << 20) + 1], new TestCatalog(), Map.of()))
        .withMessageContaining("megabyte");
  }

  @Test
  void givesEveryNameAFolder() {
    assertThat(Configuration.slug("SGD momentum 0.9")).isEqualTo("sgd-momentum-0.9");
    assertThat(Configuration.slug("../etc/passwd")).isEqualTo("etc-passwd");
    assertThat(Configuration.slug("β = ½")).isEqualTo("u3b2");
    assertThat(Configuration.slug("...")).isEmpty();
    assertThat(Configuration.slug("a".repeat(200))).hasSize(80);
  }
}
