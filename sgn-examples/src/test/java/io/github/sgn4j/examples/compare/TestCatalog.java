package io.github.sgn4j.examples.compare;

import java.util.Map;
import java.util.TreeMap;

/** A few options, as the commands have them. */
final class TestCatalog implements OptionCatalog {

  @Override
  public Map<String, Kind> options(String command) {
    Map<String, Kind> options = new TreeMap<>();
    for (String name :
        new String[] {
          "dataset",
          "csv",
          "target",
          "task",
          "solver",
          "lr",
          "rho",
          "momentum",
          "cg-max-iter",
          "averaging",
          "batch-size",
          "seed",
          "epochs",
          "max-seconds",
          "out",
          "preset",
          "data-dir",
          "weight-decay"
        }) {
      options.put(name, Kind.VALUE);
    }
    options.put("layers", Kind.VALUES);
    options.put("ls", Kind.SWITCH);
    options.put("force", Kind.SWITCH);
    return options;
  }

  /** A grid of that text, as YAML. */
  static Grid grid(String text) {
    return GridParser.parse(
        "grid.yaml",
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        new TestCatalog(),
        Map.of());
  }
}
