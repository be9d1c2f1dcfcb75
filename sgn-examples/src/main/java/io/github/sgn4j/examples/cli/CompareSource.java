package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.compare.Grid;
import io.github.sgn4j.examples.compare.GridFiles;
import io.github.sgn4j.examples.compare.GridParser;
import io.github.sgn4j.examples.compare.OptionCatalog;
import io.github.sgn4j.examples.compare.Presets;
import io.github.sgn4j.examples.model.ConvArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where a comparison's grid comes from: a file, a preset, or a table of the user's own. */
final class CompareSource {

  @Option(
      names = "--preset",
      order = 0,
      paramLabel = "NAME",
      description =
          "A published comparison, our default beside the reference's: boston, sine-10, sine-100,"
              + " mnist, fashion, cifar10.")
  private String preset;

  @Option(
      names = "--grid",
      order = 1,
      paramLabel = "FILE",
      description =
          "Or a grid of your own, in YAML or JSON: data, budget, seeds and configurations."
              + " --preset boston --print-grid shows one to start from.")
  private Path grid;

  @Option(
      names = "--csv",
      order = 2,
      paramLabel = "FILE",
      description =
          "Or a table of your own, with SGN, SGD and Adam. Other columns, networks and solvers take"
              + " a grid.")
  private Path csv;

  @Option(
      names = "--target",
      order = 2,
      paramLabel = "COLUMN",
      description = "With --csv: what to predict, as for ./sgn mlp.")
  private String target;

  @Option(
      names = "--task",
      order = 2,
      paramLabel = "classification|regression",
      description = "With --csv: whether that is a class or a quantity.")
  private String task;

  /**
   * Checks that there is one source, with what belongs to it.
   *
   * @throws InputException if not
   */
  void check() {
    long given = Stream.of(preset, grid, csv).filter(source -> source != null).count();
    if (given != 1) {
      throw new InputException(
          (given == 0 ? "Name what to compare" : "--preset, --grid and --csv exclude each other")
              + ": --preset NAME, one of "
              + String.join(", ", Presets.NAMES)
              + ",\nor --grid FILE,\nor --csv FILE --target COLUMN --task"
              + " classification|regression.");
    }
    if (csv == null && (target != null || task != null)) {
      throw new InputException("--target and --task belong to --csv; a grid names them itself.");
    }
    if (csv != null && (csv.toString().isBlank() || target == null || task == null)) {
      throw new InputException(
          "--csv takes a file, --target COLUMN and --task classification|regression.");
    }
    if (grid != null && grid.toString().isBlank()) {
      throw new InputException("--grid is empty; name a file.");
    }
  }

  /** The text of the preset that was named. */
  byte[] presetText() {
    if (preset == null) {
      throw new InputException("--print-grid takes a preset: --preset NAME.");
    }
    return Presets.content(preset);
  }

  /** The grid. */
  Grid grid(OptionCatalog catalog) {
    if (grid != null) {
      return GridParser.parse(grid.toString(), read(), catalog, Map.of());
    }
    if (preset != null) {
      return GridParser.parse(Presets.file(preset), Presets.content(preset), catalog, Map.of());
    }
    Map<String, String> data = new LinkedHashMap<>();
    data.put("csv", csv.toString());
    data.put("target", target);
    data.put("task", task);
    return GridParser.parse(
        Presets.file(Presets.OWN_DATA), Presets.content(Presets.OWN_DATA), catalog, data);
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(grid);
    } catch (IOException e) {
      throw new InputException("--grid " + grid + " cannot be read: " + IoReasons.of(e) + ".");
    }
  }

  /** The files that the grid's data name. */
  GridFiles files() {
    Path base = grid == null ? null : grid.getParent();
    return new GridFiles(base == null ? Path.of("") : base, Set.copyOf(ConvArchitecture.BUNDLED));
  }

  /** What the comparison is called where the grid does not say. */
  String name() {
    if (preset != null) {
      return preset;
    }
    Path file = grid != null ? grid.getFileName() : csv.getFileName();
    String name = file == null ? "" : file.toString().replaceFirst("\\.[^.]*$", "");
    return name.isBlank() ? "comparison" : name;
  }
}
