package io.github.sgn4j.examples.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.sgn4j.examples.data.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Damaged grid files are read or refused with a short message; nothing else happens. */
class GridFuzzTest {

  private static final int MUTATIONS = 6000;
  private static final String YAML =
      """
      # A grid.
      name: fuzz
      data: {dataset: boston, layers: [8, 4]}
      seconds: 5
      seeds: 5
      configurations:
        - {name: SGN, solver: SGN}
        - {name: "SGN ref", solver: SGN, preset: reference, rho: 1e-4, cg-max-iter: [10, 20]}
        - name: SGD
          solver: SGD
          ls: false
          tune: {lr: [0.03, 0.1, 0.3]}
      """;
  private static final String JSON =
      """
      {"name": "fuzz", "data": {"dataset": "boston"}, "epochs": 3, "seeds": 2,
       "configurations": [{"solver": "SGN"}, {"solver": "SGD", "lr": [0.1, 1.0]},
        {"name": "Adam", "solver": "ADAM", "tune": {"lr": [0.001, 0.01]}}]}
      """;
  private static final String[] PIECES = {
    "&a",
    "*a",
    "<<: *a",
    "!!int",
    "---",
    "...",
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "- ",
    "\t",
    "\n",
    "\r",
    "\"",
    "'",
    "|\n",
    ">\n",
    "#",
    "%YAML 1.1\n",
    "? ",
    "~",
    "null",
    "NaN",
    ".inf",
    "-1",
    "1e999",
    "0x10",
    "9".repeat(400),
    "é",
    "🍵",
    "\0",
    "\uFEFF",
    "\u2028",
    "@",
    "`",
    "[[[[[[[[[[[[",
    "{a: {a: {a: {a: {a: {a: {a: {a: {a: ",
    "seeds",
    "tune",
    "lr",
    "true"
  };

  @Test
  void everyMutationIsReadOrRefused() {
    int[] read = new int[2];
    assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          Mutations mutations = new Mutations(11, 60, PIECES);
          for (int i = 0; i < MUTATIONS; i++) {
            boolean json = i % 3 == 0;
            byte[] good = (json ? JSON : YAML).getBytes(StandardCharsets.UTF_8);
            byte[] bytes = i % 4 == 0 ? good : mutations.mutated(good);
            read[reads(json ? "f.json" : "f.yaml", bytes, i) ? 1 : 0]++;
          }
        });
    assertThat(read[0]).as("refused").isGreaterThan(MUTATIONS / 10);
    assertThat(read[1]).as("read").isGreaterThan(MUTATIONS / 10);
  }

  private static boolean reads(String file, byte[] bytes, int i) {
    try {
      Grid grid = GridParser.parse(file, bytes, new TestCatalog(), Map.of());
      assertThat(grid.configurations()).isNotEmpty().hasSizeLessThanOrEqualTo(500);
      assertThat(grid.configurations())
          .extracting(Configuration::slug)
          .doesNotHaveDuplicates()
          .allMatch(slug -> slug.matches("[a-z0-9][a-z0-9.-]*"));
      return true;
    } catch (GridException e) {
      assertThat(e.getMessage()).contains(file);
      assertThat(e.getMessage().split("\\R", -1)).as(e.getMessage()).hasSizeLessThanOrEqualTo(3);
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError(
          "mutation " + i + ": " + new String(bytes, StandardCharsets.UTF_8), e);
    }
  }
}
