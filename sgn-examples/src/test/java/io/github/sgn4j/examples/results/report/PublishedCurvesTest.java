package io.github.sgn4j.examples.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.results.report.PublishedCurves.Published;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedCurvesTest {

  private final PublishedCurves published = PublishedCurves.load();

  @Test
  void belongToADataSet() {
    assertThat(published.of(Map.of("dataset", "boston"))).hasSize(10);
    assertThat(published.of(Map.of("dataset", "sine", "sine_frequency", 10.0)))
        .hasSize(11)
        .doesNotContainAnyElementsOf(
            published.of(Map.of("dataset", "sine", "sine_frequency", 100.0)));
    assertThat(published.of(Map.of("dataset", "sine", "sine_frequency", 3.0))).isEmpty();
    assertThat(published.of(Map.of())).isEmpty();
    assertThat(published.source()).contains("arXiv 2006.02409");
  }

  @Test
  void ofEachSolverTheLowestIsShownIfTheNetworkIsTheSame() {
    Map<String, Object> task = Map.of("dataset", "boston", "layers", List.of(100, 100));

    assertThat(published.of(task).stream().filter(curve -> published.isShown(curve, task)))
        .extracting(Published::name)
        .containsExactly("SGN, 10 CG iterations", "SGD, lr 0.01");

    Map<String, Object> wide = Map.of("dataset", "boston", "layers", List.of(200));
    assertThat(published.of(wide)).noneMatch(curve -> published.isShown(curve, wide));
  }

  @Test
  void listsBelongTogether() {
    assertThat(published.curves())
        .hasSize(61)
        .allSatisfy(
            curve -> {
              int points = curve.epochs().size();
              assertThat(points).isBetween(10, 60);
              assertThat(curve.epochs()).isSorted();
              assertThat(curve.seconds()).hasSize(points).isSorted();
              assertThat(curve.trainLoss()).hasSize(points);
              assertThat(curve.testLoss() == null).isNotEqualTo(curve.testAcc() == null);
              assertThat(curve.testLoss() == null ? curve.testAcc() : curve.testLoss())
                  .hasSize(points);
              assertThat(curve.layers() == null).isNotEqualTo(curve.architecture() == null);
            });
  }
}
