package io.github.sgn4j.examples.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run, kept and made again, with runs that need no process. */
class ComparisonTest {

  private static final String PLAIN = "  - {name: A, solver: SGN}\n  - {name: B, lr: 0.3}\n";
  private static final String TUNED = "  - {name: T, solver: SGD, tune: {lr: [0.1, 0.3]}}\n";

  @TempDir Path temporary;
  private Path folder;
  private FakeRuns runs;

  @BeforeEach
  void begin() {
    folder = temporary.resolve("comparison");
    runs = new FakeRuns();
  }

  private Plan plan(int seeds, String configurations) {
    Grid grid = TestCatalog.grid("data: {dataset: boston}\nconfigurations:\n" + configurations);
    return Plan.of(grid, "test", Map.of(), Budget.ofSeconds(5), seeds);
  }

  private Comparison prepare(Plan wanted, boolean force) {
    GridFiles files = new GridFiles(temporary, Set.of());
    return Comparison.prepare(folder, wanted, files, new TestCatalog(), List.of(), runs, force);
  }

  private Summary run(Plan plan) {
    Comparison comparison = prepare(plan, false);
    comparison.run(runs, runs);
    return comparison.summary();
  }

  private List<String> again(Plan plan) {
    runs.started.clear();
    run(plan);
    return runs.started;
  }

  @Test
  void runsSeedBySeedAndWritesTheSummary() throws IOException {
    Summary summary = run(plan(2, PLAIN));

    assertThat(runs.started).containsExactly("a/seed-1", "b/seed-1", "a/seed-2", "b/seed-2");
    assertThat(runs.lines)
        .startsWith("> A, seed 1 0/4", "< FINISHED 1/4")
        .endsWith("> B, seed 2 3/4", "< FINISHED 4/4");
    Summary.Row row = summary.configurations().get(0);
    // Losses 1.25 and 1.5.
    assertThat(row.trainLoss().mean()).isEqualTo(1.375);
    assertThat(row.trainLoss().deviation()).isCloseTo(0.25 / Math.sqrt(2), within(1e-15));
    assertThat(row.testLoss().mean()).isEqualTo(2.75);
    assertThat(row.testAcc()).isNull();
    assertThat(row.best()).containsExactly("train_loss", "test_loss");
    assertThat(summary.configurations().get(1).best()).isEmpty();
    assertThat(JsonFiles.read(folder.resolve(Summary.FILE), JsonNode.class))
        .isEqualTo(JsonFiles.tree(summary));
    assertThat(Files.readString(folder.resolve(Summary.TABLES)))
        .contains("| A ", "**1.375 ± 0.1768**", "2 of 2");
  }

  @Test
  void handsOptionsFilesAndBudgetToARun() {
    Grid grid =
        TestCatalog.grid(
            "data: {csv: data/my.csv, layers: [8, 4]}\nconfigurations: [{ls: false, lr: -1}]");
    Plan plan = Plan.of(grid, "test", Map.of(), Budget.ofEpochs(3), 1);
    Comparison comparison =
        Comparison.prepare(
            folder,
            plan,
            new GridFiles(Path.of("grids"), Set.of()),
            new TestCatalog(),
            List.of("--data-dir=D"),
            runs,
            false);

    assertThat(comparison.pending().get(0).arguments())
        .containsExactly(
            "mlp",
            "--csv=" + Path.of("grids", "data", "my.csv"),
            "--layers=8",
            "--layers=4",
            "--no-ls",
            "--lr=-1",
            "--epochs=3",
            "--data-dir=D",
            "--seed=1",
            "--out=" + folder.resolve("runs/sgn/seed-1"),
            "--force");
  }

  @Test
  void keepsFinishedRunsAndMakesDamagedOnesAgain() throws IOException {
    Plan plan = plan(2, PLAIN + "  - {name: C, lr: 10}\n");
    Summary first = run(plan);
    assertThat(first.configurations().get(2).diverged()).isEqualTo(2);
    assertThat(again(plan)).isEmpty();

    Files.writeString(folder.resolve("runs/a/seed-2/results.json"), "{\"status\": \"do");
    Files.delete(folder.resolve("runs/b/seed-1/config.json"));
    assertThat(again(plan)).containsExactly("b/seed-1", "a/seed-2");
    assertThat(run(plan)).isEqualTo(first);
  }

  @Test
  void growsBySeedsAndConfigurations() {
    run(plan(1, PLAIN));

    assertThat(again(plan(2, PLAIN))).containsExactly("a/seed-2", "b/seed-2");
    assertThat(again(plan(1, "  - {name: C, lr: 1}\n"))).containsExactly("c/seed-1", "c/seed-2");
    assertThat(run(plan(1, PLAIN)).configurations())
        .extracting(Summary.Row::name)
        .containsExactly("A", "B", "C");
  }

  @Test
  void refusesAnotherComparisonsFolder() throws IOException {
    run(plan(1, PLAIN));

    Plan other = plan(1, PLAIN.replace("0.3", "0.1"));
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> prepare(other, false))
        .withMessageContaining("lr of 'B': 0.3 there, 0.1 wanted")
        .withMessageContaining("--out")
        .withMessageContaining("--force");
    // What still fits is kept.
    runs.started.clear();
    prepare(other, true).run(runs, runs);
    assertThat(runs.started).containsExactly("b/seed-1");

    Files.writeString(folder.resolve(Plan.FILE), "{}");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> prepare(other, false))
        .withMessageContaining("damaged");
    Files.writeString(folder.resolve(Plan.FILE), "no");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> prepare(other, false))
        .withMessageContaining("damaged");
  }

  @Test
  void leavesNothingToCountOfAPlanThatWasReplaced() {
    run(plan(3, PLAIN + "  - {name: Old, lr: 1}\n"));

    prepare(plan(2, PLAIN), true).run(runs, runs);

    assertThat(folder.resolve("runs/a/seed-2/results.json")).exists();
    for (String gone : List.of("runs/a/seed-3", "runs/b/seed-3", "runs/old/seed-1")) {
      assertThat(folder.resolve(gone + "/results.json")).doesNotExist();
      assertThat(folder.resolve(gone + "/config.json")).doesNotExist();
    }
  }

  @Test
  void refusesRunsOfOtherSettingsUnderTheSamePlan() throws IOException {
    run(plan(1, PLAIN));
    Path config = folder.resolve("runs/a/seed-1/config.json");
    Files.writeString(config, Files.readString(config).replace("boston", "sine"));

    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> prepare(plan(1, PLAIN), false))
        .withMessageContaining("seed-1 holds a run with other settings")
        .withMessageContaining("dataset");
    runs.started.clear();
    prepare(plan(1, PLAIN), true).run(runs, runs);
    assertThat(runs.started).containsExactly("a/seed-1");
  }

  @Test
  void knowsTablesByTheirContent() throws IOException {
    Path table = Files.writeString(temporary.resolve("one.csv"), "a,b\n1,2\n");
    run(csv(table));
    Files.move(table, temporary.resolve("moved.csv"));
    table = temporary.resolve("moved.csv");
    assertThat(again(csv(table))).isEmpty();

    Files.writeString(table, "a,b\n3,4\n");
    Plan changed = csv(table);
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> prepare(changed, false))
        .withMessageContaining("the content of csv moved.csv has changed");
    // The runs of the old content have the same configuration, and still must not be kept; nor if
    // the command that replaces them is ended early.
    runs.started.clear();
    Comparison forced = prepare(changed, true);
    runs.crash = arguments -> true;
    forced.run(runs, runs);
    runs.crash = arguments -> false;
    assertThat(again(changed)).containsExactly("a/seed-1", "b/seed-1");
  }

  private Plan csv(Path table) {
    Grid grid =
        TestCatalog.grid("data: {csv: " + table.getFileName() + "}\nconfigurations:\n" + PLAIN);
    Map<String, String> sums = new GridFiles(temporary, Set.of()).sums(grid.data());
    return Plan.of(grid, "test", sums, Budget.ofSeconds(5), 1);
  }

  @Test
  void refusesAFolderOfASingleRun() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), "{}");

    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> prepare(plan(1, PLAIN), false))
        .withMessageContaining("single run");
  }

  @Test
  void tunesByTheTrainLossAtSeedOneAndBeyondTheEnds() {
    Summary summary = run(plan(2, TUNED));

    // 0.1 is best and the smallest: 0.0333 is tried, better still, and so 0.0111, which is not.
    assertThat(runs.started)
        .containsExactly(
            "t/tune-lr-0.1", "t/tune-lr-0.3", "t/tune-lr-0.0333", "t/tune-lr-0.0111", "t/seed-2");
    Summary.Row row = summary.configurations().get(0);
    assertThat(row.finished()).isEqualTo(2);
    assertThat(row.options()).containsEntry("lr", "0.0333");
    assertThat(row.tuning().chosen()).isEqualTo("0.0333");
    assertThat(row.tuning().atEnd()).isFalse();
    assertThat(row.tuning().tried())
        .extracting(Summary.Tried::value)
        .containsExactly("0.1", "0.3", "0.0333", "0.0111");
    assertThat(folder.resolve("runs/t/seed-1/results.json"))
        .hasSameTextualContentAs(folder.resolve("runs/t/tune-lr-0.0333/results.json"));
    assertThat(again(plan(2, TUNED))).isEmpty();
  }

  @Test
  void saysIfTheBestValueStaysAtAnEnd() {
    runs.most = 1;
    Summary.Row row =
        run(plan(1, "  - {name: T, tune: {lr: [1e-7, 1e-8]}}\n")).configurations().get(0);

    assertThat(row.tuning().tried())
        .extracting(Summary.Tried::value)
        .containsExactly("1e-7", "1e-8", "0.000001", "0.00001", "0.0001", "0.001");
    assertThat(row.tuning().chosen()).isEqualTo("0.001");
    assertThat(row.tuning().atEnd()).isTrue();
    assertThat(Files.exists(folder.resolve("runs/t/seed-1/config.json"))).isTrue();
  }

  @Test
  void doesNotTryWhatTheOptionRefuses() {
    runs.most = 0.05;
    Summary.Row row =
        run(plan(1, "  - {name: T, tune: {lr: [0.01, 0.02]}}\n")).configurations().get(0);

    assertThat(row.tuning().chosen()).isEqualTo("0.04");
    assertThat(row.tuning().tried()).hasSize(3);
  }

  @Test
  void countsAConfigurationOfWhichNothingCameToItsEnd() {
    Summary.Row row = run(plan(3, "  - {name: T, tune: {lr: [10, 30]}}\n")).configurations().get(0);

    assertThat(runs.started).containsExactly("t/tune-lr-10", "t/tune-lr-30");
    assertThat(row.tuning().chosen()).isNull();
    assertThat(row.tuning().tried()).extracting(Summary.Tried::state).containsOnly("diverged");
    assertThat(row.missing()).isEqualTo(3);
    assertThat(row.best()).isEmpty();
  }

  @Test
  void makesSeedsOfAnEarlierChoiceAgain() throws IOException {
    run(plan(2, TUNED));
    // The trial that was best is lost, and comes out worse this time.
    Files.delete(folder.resolve("runs/t/tune-lr-0.0333").resolve(RunResults.FILE));
    runs.crash = arguments -> arguments.contains("--lr=0.0333");

    assertThat(again(plan(2, TUNED))).containsExactly("t/tune-lr-0.0333", "t/seed-2");
    assertThat(Files.readString(folder.resolve("runs/t/seed-1/config.json")))
        .contains("\"lr\" : \"0.1\"");
  }

  @Test
  void reportsWhatFailsAndGoesOn() {
    runs.crash = arguments -> arguments.contains("--seed=1") && arguments.contains("--lr=0.3");
    Comparison comparison = prepare(plan(2, PLAIN), false);
    List<Comparison.Failure> failures = comparison.run(runs, runs);

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).status()).isEqualTo(134);
    assertThat(failures.get(0).run().label()).isEqualTo("B, seed 1");
    Summary.Row row = comparison.summary().configurations().get(1);
    assertThat(row.failed()).isEqualTo(1);
    assertThat(row.finished()).isEqualTo(1);
    assertThat(row.best()).isEmpty();
    assertThat(runs.lines).contains("< FAILED 2/4").endsWith("> B, seed 2 3/4", "< FINISHED 4/4");
    runs.crash = arguments -> false;
    assertThat(again(plan(2, PLAIN))).containsExactly("b/seed-1");
  }

  @Test
  void endsWhenItIsStoppedAndGoesOnLater() {
    Comparison comparison = prepare(plan(2, PLAIN), false);
    runs.instead = () -> stop(comparison);
    comparison.run(runs, runs);

    assertThat(comparison.stopped()).isTrue();
    assertThat(runs.started).containsExactly("a/seed-1");
    assertThat(comparison.summary().configurations().get(0).missing()).isEqualTo(2);
    runs.instead = null;
    assertThat(again(plan(2, PLAIN)))
        .containsExactly("a/seed-1", "b/seed-1", "a/seed-2", "b/seed-2");
  }

  /** As Ctrl-C does: by another thread. */
  private void stop(Comparison comparison) {
    new Thread(() -> comparison.stop(runs)).start();
    while (!comparison.stopped()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void countsARunThatEndedWhileItWasStopped() {
    Comparison comparison = prepare(plan(2, PLAIN), false);
    runs.afterwards = () -> stop(comparison);
    comparison.run(runs, runs);

    assertThat(comparison.summary().configurations().get(0).missing()).isEqualTo(1);
    runs.afterwards = () -> {};
    assertThat(again(plan(2, PLAIN))).containsExactly("b/seed-1", "a/seed-2", "b/seed-2");
  }

  @Test
  void keepsOthersOutOfItsFolder() {
    Comparison second = prepare(plan(1, PLAIN), false);
    runs.crash =
        arguments -> {
          assertThatExceptionOfType(GridException.class)
              .isThrownBy(() -> second.run(new FakeRuns(), runs))
              .withMessageContaining("Another process");
          return true;
        };

    assertThat(prepare(plan(1, PLAIN), false).run(runs, runs)).hasSize(2);
  }

  @Test
  void namesTheConfigurationThatIsRefused() {
    runs.most = 1;
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> prepare(plan(1, "  - {name: T, tune: {lr: [1, 2]}}\n"), false))
        .withMessage("Configuration 'T' with lr 2: --lr is out of range.");
    assertThat(folder).doesNotExist();
  }

  @Test
  void estimatesByTheBudgetUntilItKnows() {
    assertThat(prepare(plan(2, PLAIN), false).secondsLeft())
        .hasValue(4 * (5 + Estimate.START_SECONDS));
    Grid grid = TestCatalog.grid("data: {dataset: boston}\nconfigurations:\n" + PLAIN);
    Plan epochs = Plan.of(grid, "test", Map.of(), Budget.ofEpochs(3), 2);
    assertThat(prepare(epochs, false).secondsLeft()).isEmpty();
  }
}
