package io.github.sgn4j.examples.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTablesTest {

  @TempDir Path folder;

  private static Summary.Row row(String name, int finished, double loss, Double accuracy) {
    return new Summary.Row(
        name,
        name,
        Map.of(),
        2,
        finished,
        2 - finished,
        0,
        0,
        new SeedStatistic(loss, 0.5),
        new SeedStatistic(null, null),
        accuracy == null ? null : new SeedStatistic(accuracy, null),
        new SeedStatistic(3.0, null),
        new SeedStatistic(12.4, null),
        new SeedStatistic(5.0, 0.1),
        List.of(),
        null);
  }

  private static SummaryTables tables(Summary.Row... rows) {
    return new SummaryTables(
        new Summary(1, "test", Budget.ofSeconds(5), 2, Summaries.marked(Arrays.asList(rows))));
  }

  @Test
  void marksTheBestOfThoseWhoseRunsAllFinished() {
    String text =
        tables(row("a|b", 2, 2, 0.9), row("c", 2, 3, 0.95), row("d", 1, 1, 0.99)).toText();

    assertThat(text.lines().map(line -> line.replaceAll(" {2,}", ";")))
        .containsExactly(
            "configuration;runs;diverged;failed;train loss;test loss;test accuracy;epochs;steps;"
                + "seconds",
            "a/b;2 of 2;0;0;*2.000 ± 0.5000;-;90.00 %;3;12;5.00",
            "c;2 of 2;0;0;3.000 ± 0.5000;-;*95.00 %;3;12;5.00",
            "d;2 of 2;1;0;1.000 ± 0.5000;-;99.00 %;3;12;5.00");
  }

  @Test
  void leavesAccuraciesOutOfRegressions() {
    assertThat(tables(row("a", 2, 2, null)).toMarkdown())
        .contains("**2.000 ± 0.5000**", "5 seconds")
        .doesNotContain("accuracy");
  }

  @Test
  void statisticsAreThoseOfTheSample() {
    assertThat(SeedStatistic.of(List.of())).isNull();
    assertThat(SeedStatistic.of(Arrays.asList(null, null))).isNull();
    assertThat(SeedStatistic.of(List.of(3.0))).isEqualTo(new SeedStatistic(3.0, null));
    assertThat(SeedStatistic.of(List.of(1.0, 3.0))).isEqualTo(new SeedStatistic(2.0, Math.sqrt(2)));
    assertThat(SeedStatistic.of(Arrays.asList(1.0, null))).isEqualTo(new SeedStatistic(null, null));
  }

  @Test
  void tellsHowFarARunHasCome() throws IOException {
    assertThat(RunShare.of(folder, Budget.ofSeconds(5))).isZero();
    Files.writeString(
        folder.resolve("results.json"),
        "{\"avg_loss\": [1, [2]], \"tot_time\": 1.25, \"tot_epochs\": 3, \"x");
    assertThat(RunShare.of(folder, Budget.ofSeconds(5))).isEqualTo(0.25);
    assertThat(RunShare.of(folder, Budget.ofEpochs(4))).isEqualTo(0.75);
    assertThat(RunShare.of(folder, Budget.ofEpochs(2))).isEqualTo(1);
  }
}
