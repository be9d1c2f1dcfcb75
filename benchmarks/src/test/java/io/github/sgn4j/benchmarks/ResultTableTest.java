package io.github.sgn4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  private static final String PACKAGE = "io.github.sgn4j.benchmarks.";

  @Test
  void comparesMediansWithThePeersBestThreadCount() throws IOException {
    String jmh =
        "["
            + run("BlasFloor.product", "\"net\": \"a\"", 0.3)
            + ","
            + run("GgnProduct.product", "\"net\": \"a\"", 0.5)
            + ","
            + run("SgnStep.step", "\"net\": \"a\", \"cg\": \"10\"", 6)
            + "]";
    List<String> peer =
        List.of(
            "{\"net\": \"a\", \"threads\": 1, \"product\": {\"min\": 0.1, \"median\": 1.0}}",
            "{\"net\": \"a\", \"threads\": 2, \"product\": {\"min\": 0.2, \"median\": 2.0}}",
            "{\"net\": \"b\", \"threads\": 1, \"product\": {\"min\": 0.2, \"median\": 0.2},"
                + " \"sgn_step_cg10\": {\"median\": 3}}");

    assertThat(ResultTable.render(jmh, peer).lines().skip(2))
        .containsExactly(
            "| a | BlasFloor | 0.3000 |  |  |  |  |",
            "| a | GgnProduct | 0.5000 |  | 60 % | 1.0000 | 0.50 |",
            "| a | SgnStep (CG 10) | 6.0000 |  |  |  |  |");
  }

  @Test
  void countsTheOperationsOfMatrixProducts() throws IOException {
    // Per sample 2 (784 20) in the first layer, 4 (20 20 + 20 20 + 20 10) behind it, twice each.
    double gigaflops = 1000 * 2 * (2 * 15680 + 4 * 1000) / 1e9;
    String jmh =
        "["
            + run("GgnProduct.product", "\"net\": \"mnist-mlp\"", gigaflops / 50 * 1000)
            + ","
            + run("LargeGemm.product", "\"threads\": \"2\"", 2 * 2 * Math.pow(1536, 3) / 1e8)
            + "]";

    assertThat(ResultTable.render(jmh, List.of()).lines().skip(2))
        .containsExactly(
            "| mnist-mlp | GgnProduct | 1.4144 | 50 |  |  |  |",
            "|  | LargeGemm (threads 2) | 144.9551 | 100 |  |  |  |");
  }

  @Test
  void refusesWhatHasNoMedian() {
    String throughput =
        "[{\"benchmark\": \""
            + PACKAGE
            + "Loss.loss\", \"params\": {\"net\": \"a\"},"
            + " \"primaryMetric\": {\"score\": 3, \"scoreUnit\": \"ops/s\"}}]";

    assertThatThrownBy(() -> ResultTable.render(throughput, List.of()))
        .hasMessageContaining("Loss has the unit ops/s")
        .hasMessageContaining("-bm sample");
  }

  private static String run(String benchmark, String params, double median) {
    return "{\"benchmark\": \""
        + PACKAGE
        + benchmark
        + "\", \"params\": {"
        + params
        + "}, \"primaryMetric\": {\"scoreUnit\": \"ms/op\", \"scorePercentiles\": {\"50.0\": "
        + median
        + "}}}";
  }
}
