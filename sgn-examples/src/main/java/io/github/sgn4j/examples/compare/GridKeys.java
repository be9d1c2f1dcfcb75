package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.GridNode.Fields;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which keys a grid file may hold where, and what to say of the others. */
final class GridKeys {

  static final List<String> TOP =
      List.of("name", "command", "data", "seconds", "epochs", "seeds", "configurations");

  /** Data and network: the same for all configurations, or they would not be compared. */
  private static final Set<String> DATA =
      Set.of(
          "dataset",
          "csv",
          "target",
          "task",
          "test-csv",
          "test-fraction",
          "ignore",
          "header",
          "delimiter",
          "sine-frequency",
          "layers",
          "activation",
          "init",
          "architecture");

  /** What all configurations may share, or each have for itself. */
  private static final Set<String> SHARED = Set.of("batch-size", "precision", "threads", "memory");

  /** Options that are a comparison's own business, with what to do instead. */
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("seed", "the seeds are the same for all; give seeds: N at the top"),
          Map.entry("epochs", "the budget is the same for all; give epochs: N at the top"),
          Map.entry("max-seconds", "the budget is the same for all; give seconds: S at the top"),
          Map.entry(
              "early-stopping", "it would choose by the test data, and leave a part of the budget"),
          Map.entry("data-dir", "name it on the command line, --data-dir DIR"),
          Map.entry("out", "each run has its folder below --out"),
          Map.entry("force", "it belongs on the command line"),
          Map.entry("resume", "unfinished runs are made again"),
          Map.entry("verbose", "each run's output is in its run.log"),
          Map.entry("help", "./sgn mlp --help tells the options"),
          Map.entry("version", "it belongs on the command line"));

  private GridKeys() {}

  /** Refuses keys that are none of those. */
  static void check(String file, Fields node, String where, Collection<String> known) {
    node.fields()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                throw new GridException(
                    at(file, value)
                        + ": "
                        + GridReader.quoted(key)
                        + " means nothing in "
                        + where
                        + "."
                        + Nearest.hint(key, known)
                        + "\nThe keys are "
                        + String.join(", ", known)
                        + ".");
              }
            });
  }

  /** Refuses what cannot stand under data. */
  static void checkData(String file, String key, GridNode value, Set<String> options) {
    refuseOurs(file, key, value);
    refuseUnknown(file, key, value, options, "./sgn COMMAND");
    if (!DATA.contains(key) && !SHARED.contains(key)) {
      throw new GridException(
          at(file, value)
              + ": "
              + key
              + " is no option of data or network: it belongs to the configurations.");
    }
  }

  /** Refuses what cannot be an option of a configuration. */
  static void checkOption(String file, String key, GridNode value, Set<String> options) {
    refuseOurs(file, key, value);
    refuseUnknown(file, key, value, options, "a configuration");
    if (DATA.contains(key)) {
      throw new GridException(
          at(file, value)
              + ": "
              + key
              + " is the same for all configurations: it belongs under data.");
    }
  }

  private static void refuseOurs(String file, String key, GridNode value) {
    String instead = key.startsWith("checkpoint") ? OURS.get("resume") : OURS.get(key);
    if (instead != null) {
      throw new GridException(at(file, value) + ": no " + key + " here: " + instead + ".");
    }
  }

  private static void refuseUnknown(
      String file, String key, GridNode value, Set<String> options, String what) {
    if (!options.contains(key)) {
      Set<String> near = new TreeSet<>(options);
      near.removeAll(OURS.keySet());
      throw new GridException(
          at(file, value)
              + ": "
              + GridReader.quoted(key)
              + " is no option of "
              + what
              + "."
              + Nearest.hint(key, near)
              + "\n./sgn mlp --help and ./sgn convnet --help tell the options; keys are their names"
              + " without --.");
    }
  }

  /** Where a part stands. */
  static String at(String file, GridNode node) {
    return file + ", line " + node.line();
  }
}
