package io.github.sgn4j.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong number in a trace must not go unnoticed, whichever it is. */
class GoldenCheckerTest {

  // Options whose exact value may decide nothing in twelve steps.
  private static final Set<String> DECISIVE_OPTIONS =
      Set.of("DAMP_RHO", "ALPHA", "LR0", "MOMENTUM", "REDUCTION", "STEP");
  // Recorded so that a reader knows how far to trust a comparison: there is nothing to compare.
  private static final Set<String> DIAGNOSTICS =
      Set.of(
          "sensitivity[].delta_rel_change_per_1e12",
          "sensitivity[].theta_rel_change_per_1e12",
          "free_run_theta_rel_change_per_1e12[]",
          "error.cg_calls",
          "error.tot_iter");

  private final GoldenChecker checker = new GoldenChecker(PlainGoldenModel::new);

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void noticesEveryNumber(String name, Path path) throws IOException {
    JsonNode root = TraceFile.parse(Files.readString(path));
    Map<String, List<Tampering.Leaf>> byKind = new TreeMap<>();
    for (Tampering.Leaf leaf : Tampering.numbers(root)) {
      if (matters(leaf)) {
        byKind.computeIfAbsent(leaf.kind(), kind -> new ArrayList<>()).add(leaf);
      }
    }
    Random random = new Random(name.hashCode());
    List<String> unnoticed = new ArrayList<>();
    byKind.forEach(
        (kind, leaves) -> {
          Tampering.Leaf leaf = leaves.get(random.nextInt(leaves.size()));
          JsonNode recorded = leaf.value();
          leaf.set(leaf.wrong());
          if (passes(root)) {
            unnoticed.add(leaf.path() + " = " + leaf.value() + ", recorded " + recorded);
          }
          leaf.set(recorded);
        });

    assertThat(byKind).hasSizeGreaterThan(8);
    assertThat(unnoticed).isEmpty();
    assertThat(passes(root)).isTrue();
  }

  private boolean passes(JsonNode root) {
    try {
      checker.check(TraceFile.of("tampered", root));
      return true;
    } catch (AssertionError | TraceFormatException e) {
      return false;
    }
  }

  /** Whether a thousandth more of this number says something that is not so. */
  private static boolean matters(Tampering.Leaf leaf) {
    String kind = leaf.kind();
    if (DIAGNOSTICS.contains(kind) || leaf.isSmallInItsVector()) {
      return false;
    }
    if (kind.contains("config.")) {
      return DECISIVE_OPTIONS.contains(kind.substring(kind.lastIndexOf('.') + 1));
    }
    if (kind.startsWith("batches[]")) {
      // The first batch: later ones may be unused, or meet a network that is saturated.
      return leaf.path().startsWith("batches[0]");
    }
    if (kind.equals("steps[].cg_acc[]")) {
      // Later iterations are rounding noise on so small a network.
      return leaf.index() <= 1 || leaf.index() == leaf.parent().size() - 1;
    }
    if (kind.equals("steps[].r[]")) {
      // So is a residual that has converged; its largest element is checked through cg_acc.
      return Math.abs(leaf.value().asDouble()) > 1e-5;
    }
    return true;
  }

  @Test
  void noticesAFlippedClass() throws IOException {
    ObjectNode root = read("sgn_classification_a2_rho1e-4_cg3.json");
    ArrayNode y = (ArrayNode) root.get("batches").get(1).get("y");
    y.set(2, 1 - y.get(2).intValue());

    assertDiffers(root, "loss");
  }

  @Test
  void noticesAFlippedPrediction() throws IOException {
    ObjectNode root = read("sgn_classification_a2_rho1e-4_cg3.json");
    ArrayNode pred = (ArrayNode) root.get("steps").get(4).get("pred");
    pred.set(0, 1 - pred.get(0).intValue());

    assertDiffers(root, "pred");
  }

  @Test
  void noticesAnotherDecision() throws IOException {
    ObjectNode root = read("sgn_classification_a2_rho1e-4_cg3.json");
    ((ObjectNode) root.get("steps").get(3)).put("alpha", 0.25);

    assertDiffers(root, "alpha");
  }

  @Test
  void noticesNaN() throws IOException {
    ObjectNode root = read("sgn_regression_a2_rho1e-4_cg3.json");
    ((ObjectNode) root.get("steps").get(3)).put("loss", Double.NaN);

    assertDiffers(root, "loss");
  }

  @Test
  void noticesAnotherOption() throws IOException {
    ObjectNode root = read("sgn_classification_i_cgtol1e-2_early_exit.json");
    ((ObjectNode) root.get("config")).put("CG_TOL", 1e-3);

    assertDiffers(root, "cg_acc");
  }

  @Test
  void refusesAnUnknownOption() throws IOException {
    ObjectNode root = read("sgn_regression_a2_rho1e-4_cg3.json");
    ((ObjectNode) root.get("config")).put("WARP", 9);

    assertRefused(root, "unknown option config.WARP");
  }

  @Test
  void refusesAnOptionOutOfRange() throws IOException {
    ObjectNode root = read("sgn_regression_a2_rho1e-4_cg3.json");
    ((ObjectNode) root.get("config")).put("RHO_LS", 1.5);

    assertRefused(root, "backtrackingFactor = 1.5");
  }

  @Test
  void refusesAFieldThatItDoesNotCompare() throws IOException {
    ObjectNode root = read("sgn_regression_a2_rho1e-4_cg3.json");
    ((ObjectNode) root.get("steps").get(0)).put("flux", 1);

    assertRefused(root, "steps[0] has unknown fields [flux]");
  }

  @Test
  void refusesAMissingField() throws IOException {
    ObjectNode root = read("blocks_regression.json");
    ((ObjectNode) root.get("blocks").get(1)).remove("Gp");

    assertRefused(root, "blocks[1] has no field 'Gp'");
  }

  @Test
  void refusesAnotherLayout() throws IOException {
    ObjectNode root = read("blocks_regression.json");
    root.put("layout", "theta = [b0, W0]");

    assertRefused(root, "unknown layout 'theta = [b0, W0]'");
  }

  @Test
  void refusesMissingSteps() throws IOException {
    ObjectNode root = read("sgn_regression_a2_rho1e-4_cg3.json");
    ((ArrayNode) root.get("steps")).remove(11);

    assertRefused(root, "n_steps is 12, but there are 11 steps");
  }

  @Test
  void refusesTextThatIsNoJson(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), "{\"mode\": ");

    assertThatThrownBy(() -> TraceFile.read(file))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("bad.json as JSON");
  }

  @Test
  void refusesAFolderWithoutTraces(@TempDir Path folder) {
    assertThatThrownBy(() -> TraceFolder.files(folder))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("holds no .json file");
    assertThatThrownBy(() -> TraceFolder.files(folder.resolve("missing")))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("is no folder");
  }

  private void assertDiffers(JsonNode root, String field) {
    assertThatThrownBy(() -> checker.check(TraceFile.of("tampered", root)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(field);
  }

  private void assertRefused(JsonNode root, String message) {
    assertThatThrownBy(() -> checker.check(TraceFile.of("tampered", root)))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(message);
  }

  private static ObjectNode read(String name) throws IOException {
    for (Path path : TraceFolder.resourceFiles()) {
      if (path.endsWith(name)) {
        return (ObjectNode) TraceFile.parse(Files.readString(path));
      }
    }
    throw new AssertionError("no trace " + name);
  }

  static Stream<Object[]> files() throws IOException {
    return TraceFolder.resourceFiles().stream()
        .map(path -> new Object[] {String.valueOf(path.getFileName()), path});
  }
}
