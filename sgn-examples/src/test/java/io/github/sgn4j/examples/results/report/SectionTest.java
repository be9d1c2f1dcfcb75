package io.github.sgn4j.examples.results.report;

import static io.github.sgn4j.examples.results.report.RunFiles.config;
import static io.github.sgn4j.examples.results.report.RunFiles.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SectionTest {

  private static final RunResults RESULTS = RunFiles.regression(RunStatus.DONE, 2, 1);

  private static List<String> names(FoundRun... runs) {
    return Section.of(List.of(runs)).get(0).groups().stream().map(RunGroup::name).toList();
  }

  @Test
  void runsThatDifferInSeedAndFilesAloneAreOneGroup() {
    List<Section> sections =
        Section.of(
            List.of(
                run(config("SGN", 1, "rho", 0.1, "out", "a"), RESULTS),
                run(config("SGN", 2, "rho", 0.1, "out", "b", "checkpoint_every", 3), RESULTS),
                run(config("SGN", 1, "rho", 0.2), RESULTS)));

    assertThat(sections).hasSize(1);
    assertThat(sections.get(0).title()).isEqualTo("boston, layers 100-100");
    assertThat(sections.get(0).groups())
        .extracting(group -> group.runs().size())
        .containsExactly(2, 1);
    assertThat(sections.get(0).groups())
        .extracting(RunGroup::name)
        .containsExactly("SGN, rho 0.1", "SGN, rho 0.2");
  }

  @Test
  void anotherDataSetOrNetworkIsAnotherSection() {
    Map<String, Object> sine = new LinkedHashMap<>();
    sine.put("dataset", "sine");
    sine.put("sine_frequency", 10.0);
    sine.putAll(config("SGN", 1));
    sine.put("dataset", "sine");
    Map<String, Object> wide = config("SGN", 1);
    wide.put("layers", List.of(200));
    Map<String, Object> relu = config("SGN", 1);
    relu.put("activation", "relu");

    List<Section> sections =
        Section.of(
            List.of(
                run(config("SGN", 1), RESULTS),
                run(sine, RESULTS),
                run(wide, RESULTS),
                run(relu, RESULTS)));

    assertThat(sections)
        .extracting(Section::title)
        .containsExactly(
            "boston, layers 100-100",
            "sine, sine-frequency 10, layers 100-100",
            "boston, layers 200");
    assertThat(sections.get(0).groups())
        .extracting(RunGroup::name)
        .containsExactly("SGN, activation sigmoid", "SGN, activation relu");
  }

  @Test
  void namesTellConfigurationsApartByAsLittleAsPossible() {
    assertThat(
            names(
                run(
                    config("SGN", 1, "preset", "default", "kappa", 0.1, "warm_start", 0.9),
                    RESULTS),
                run(config("SGN", 1, "preset", "reference", "rho", 1e-4, "warm_start", 0), RESULTS),
                run(config("SGD", 1, "lr", 0.1, "momentum", 0.0), RESULTS),
                run(config("SGD", 1, "lr", 0.1, "momentum", 0.9), RESULTS),
                run(config("SGD", 1, "lr", 1.0, "momentum", 0.9), RESULTS),
                run(config("ADAM", 1, "lr", 1e-3), RESULTS)))
        .containsExactly(
            "SGN, preset default",
            "SGN, preset reference",
            "SGD, lr 0.1, momentum 0",
            "SGD, lr 0.1, momentum 0.9",
            "SGD, lr 1, momentum 0.9",
            "Adam");
  }

  @Test
  void namesOfAComparisonAreTakenAndToldApartWhereItGaveThemTwice() {
    Map<String, Object> options = config("SGD", 1, "lr", 0.1);
    assertThat(
            names(
                new FoundRun("a", Optional.of("Plain"), options, RESULTS),
                new FoundRun("b", Optional.of("Plain"), config("SGD", 1, "lr", 0.2), RESULTS),
                new FoundRun("c", Optional.of("Mine"), options, RESULTS),
                run(options, RESULTS)))
        .containsExactly("Plain (SGD, lr 0.1)", "Plain (SGD, lr 0.2)", "Mine", "SGD, lr 0.1 (3)");
    assertThat(
            names(
                new FoundRun("a", Optional.of("Adam"), config("SGN", 1), RESULTS),
                run(config("ADAM", 1), RESULTS)))
        .containsExactly("Adam", "Adam again");
  }

  @Test
  void strangeConfigurationsAreGroupsTooAndHaveNames() {
    assertThat(names(run(Map.of("seed", 1), RESULTS), run(Map.of("seed", 2), RESULTS)))
        .containsExactly("run");
    assertThat(Section.of(List.of(run(Map.of(), RESULTS))).get(0).title())
        .isEqualTo("unknown data");
  }

  @Test
  void countsWhatIsNotDoneAndKeepsItOutOfTheMeans() {
    RunGroup group =
        new RunGroup(
            "SGN",
            Map.of(),
            List.of(
                run(config("SGN", 1), RunFiles.finished(1, 4, 2, 1.5)),
                run(config("SGN", 2), RunFiles.finished(3, 4, 2, 1.5)),
                run(config("SGN", 3), RunFiles.finished(Double.NaN, 4, 2, 1.5)),
                run(config("SGN", 4), RunFiles.regression(RunStatus.NON_FINITE, 1, 1e30)),
                run(config("SGN", 5), RunFiles.regression(RunStatus.RUNNING, 1))));

    assertThat(group.statistic(Measure.TRAIN_LOSS).mean()).isEqualTo(2);
    assertThat(group.done()).hasSize(2);
    assertThat(group.undoneText()).isEqualTo("2 diverged, 1 running");
  }

  @Test
  void measuresAreThoseThatSomeRunHas() {
    FoundRun classes = run(config("SGN", 1), RunFiles.classification(0.5, 0.9));

    assertThat(Section.of(List.of(classes)).get(0).measures())
        .containsExactly(Measure.TRAIN_LOSS, Measure.TEST_ACCURACY);
    assertThat(Section.of(List.of(run(config("SGN", 1), RESULTS))).get(0).curveMeasures())
        .containsExactly(Measure.TRAIN_LOSS, Measure.TEST_LOSS);
  }
}
