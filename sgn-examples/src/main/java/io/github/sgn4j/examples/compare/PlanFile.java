package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The plan in a comparison's folder, and whether another one fits it. */
public final class PlanFile {

  private static final String REMEDY =
      "Name another folder with --out, or replace what no longer fits: --force";

  private PlanFile() {}

  /**
   * The plan that a folder's comparison has from now on: the wanted one, added to the one that is
   * there.
   *
   * @param force whether the wanted one may take the place of one that it does not fit
   * @throws GridException if there is one that it does not fit, or the folder is a run's
   */
  public static Plan reconcile(Path folder, Plan wanted, boolean force) {
    Path file = folder.resolve(Plan.FILE);
    if (!Files.exists(file)) {
      if (Files.exists(folder.resolve(RunFolder.CONFIG_FILE))) {
        throw new GridException(
            folder + " holds a single run.\nName another folder for the comparison: --out");
      }
      return wanted;
    }
    Plan there = read(file);
    if (force) {
      return wanted;
    }
    if (there == null) {
      throw new GridException(file + " is damaged: its runs cannot be told.\n" + REMEDY);
    }
    List<String> differences = there.differences(wanted);
    if (!differences.isEmpty()) {
      throw new GridException(
          folder
              + " holds another comparison: "
              + differences.get(0)
              + (differences.size() > 1 ? " (and " + (differences.size() - 1) + " more)" : "")
              + ".\n"
              + REMEDY);
    }
    return there.with(wanted);
  }

  /**
   * Whether a folder's runs were made of the same files as the plan's; configurations tell less.
   */
  static boolean sameFiles(Path folder, Plan plan) {
    Path file = folder.resolve(Plan.FILE);
    Plan there = Files.exists(file) ? read(file) : null;
    return there != null && there.files().equals(plan.files());
  }

  /** The plan in a file; null if it is damaged. */
  private static Plan read(Path file) {
    try {
      Plan plan = JsonFiles.read(file, Plan.class);
      return plan != null && plan.complete() ? plan : null;
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new OutputException("Cannot read " + file + ": " + IoReasons.of(e) + ".", e);
    }
  }

  /** Writes the plan. */
  static void write(Path folder, Plan plan) {
    try {
      JsonFiles.write(folder.resolve(Plan.FILE), plan);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write " + folder.resolve(Plan.FILE) + ": " + IoReasons.of(e) + ".", e);
    }
  }
}
