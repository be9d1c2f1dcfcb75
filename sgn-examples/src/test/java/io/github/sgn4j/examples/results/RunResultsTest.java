package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sgn4j.objective.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResultsTest {

  @TempDir Path folder;

  // Read once: the peak of resident memory may rise from one reading to the next.
  private static final RunEnvironment THIS_MACHINE =
      RunEnvironment.ofThisMachine(Precision.FLOAT, 7, 2, 1L << 30);

  static RunResults of(RunStatus status, List<Double> losses, List<Double> test, boolean classes) {
    return of(status, losses, test, classes, THIS_MACHINE);
  }

  static RunResults of(
      RunStatus status,
      List<Double> losses,
      List<Double> test,
      boolean classes,
      RunEnvironment environment) {
    return new RunResults(
        status,
        losses,
        classes ? test : null,
        classes ? null : test,
        losses,
        losses.stream().map(loss -> 0.5).toList(),
        1.25,
        3L * losses.size(),
        losses.size(),
        List.of(1e-3, 1.0 / 3),
        List.of(1.0, Double.NaN),
        List.of(10, 3),
        new FinalLosses(
            true,
            new FinalLosses.Losses(0.5, null, 0.25, null),
            new FinalLosses.Losses(0.125, null, 0.0625, null)),
        environment);
  }

  @Test
  void comeBackFromTheFileAsTheyWere() throws IOException {
    RunResults results =
        of(RunStatus.DONE, List.of(0.1, Double.NaN), List.of(0.9, Double.POSITIVE_INFINITY), true);

    JsonFiles.write(folder.resolve(RunResults.FILE), results);

    // Infinity becomes null as well, and null reads as NaN.
    assertThat(RunResults.read(folder))
        .isEqualTo(of(RunStatus.DONE, List.of(0.1, Double.NaN), List.of(0.9, Double.NaN), true));
  }

  @Test
  void haveTheNamesThatOthersRead() throws IOException {
    JsonFiles.write(
        folder.resolve(RunResults.FILE),
        of(RunStatus.NON_FINITE, List.of(0.1, Double.NaN), List.of(0.5, 0.25), false));

    JsonNode json =
        new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(RunResults.FILE)));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "status",
            "avg_loss",
            "test_loss",
            "acc",
            "epoch_seconds",
            "tot_time",
            "tot_iterations",
            "tot_epochs",
            "rho",
            "alpha",
            "cg_iterations",
            "final",
            "environment");
    assertThat(json.get("status").asText()).isEqualTo("non_finite");
    assertThat(json.get("avg_loss").toString()).isEqualTo("[0.1,null]");
    assertThat(json.get("rho").get(1).asDouble()).isEqualTo(1.0 / 3);
    assertThat(json.get("alpha").toString()).isEqualTo("[1.0,null]");
    assertThat(json.get("environment").fieldNames())
        .toIterable()
        .contains("sgn4j", "nd4j", "java", "cpu", "cpus", "blas", "precision", "seed");
    assertThat(json.get("environment").get("sgn4j").asText()).matches("\\d+\\.\\d+.*");
    assertThat(json.get("environment").get("nd4j").asText()).matches("\\d+\\.\\d+.*");
  }

  @Test
  void aDamagedFileIsAnError() throws IOException {
    Files.writeString(folder.resolve(RunResults.FILE), "{\"avg_loss\": [0.1, ");

    assertThatThrownBy(() -> RunResults.read(folder)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> RunResults.read(folder.resolve("none")))
        .isInstanceOf(IOException.class);
  }
}
