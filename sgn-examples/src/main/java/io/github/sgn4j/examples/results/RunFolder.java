package io.github.sgn4j.examples.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sgn4j.checkpoint.CheckpointFolder;
import io.github.sgn4j.examples.IoReasons;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folder of one run: {@code config.json}, {@code results.json}, and checkpoints while it goes
 * on. Nothing exists on disk until {@link #create}.
 */
public final class RunFolder {

  /** Name of the file that holds the options of the run. */
  public static final String CONFIG_FILE = "config.json";

  private final Path path;
  private final Deque<Path> created = new ArrayDeque<>();

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * A folder that may be written to, checked as far as possible without writing.
   *
   * @param force whether results of an earlier run there may be replaced
   * @throws OutputException if results stand there and force is off, or it cannot be written
   */
  public static RunFolder at(Path path, boolean force) {
    checkWritable(path);
    if (!force && holdsRun(path)) {
      throw new OutputException(
          path
              + " holds the results of an earlier run.\nName another folder, or replace them: --force");
    }
    return new RunFolder(path);
  }

  /**
   * A folder in which a run was begun that is to go on.
   *
   * @throws OutputException if there is no run, or it cannot be written
   */
  public static RunFolder existing(Path path) {
    checkWritable(path);
    if (!holdsRun(path)) {
      throw new OutputException(
          path + " holds no run that could go on.\nLeave --resume out to begin one.");
    }
    return new RunFolder(path);
  }

  private static boolean holdsRun(Path path) {
    return Files.exists(path.resolve(RunResults.FILE)) || Files.exists(path.resolve(CONFIG_FILE));
  }

  /**
   * Checks that a folder can be made or written to, without doing it.
   *
   * @throws OutputException if not
   */
  public static void checkWritable(Path path) {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new OutputException("Cannot write to " + path + ": " + existing + " is not a folder.");
    }
    if (!Files.isWritable(existing)) {
      throw new OutputException(
          "Cannot write to " + path + ": permission denied in " + existing + ".");
    }
  }

  /**
   * Makes the folder, with its parents, and removes an earlier run's results.
   *
   * @throws OutputException if that fails; what was made is removed again
   */
  public void create() {
    try {
      Path missing = path.toAbsolutePath();
      Deque<Path> wanted = new ArrayDeque<>();
      while (!Files.exists(missing)) {
        wanted.push(missing);
        missing = missing.getParent();
      }
      for (Path folder : wanted) {
        Files.createDirectory(folder);
        created.push(folder);
      }
      Files.deleteIfExists(path.resolve(RunResults.FILE));
      Files.deleteIfExists(path.resolve(CONFIG_FILE));
      checkpoints().clear();
      RunLogFiles.remove(path);
    } catch (IOException e) {
      discard();
      throw new OutputException("Cannot write to " + path + ": " + IoReasons.of(e) + ".", e);
    }
  }

  /** Removes this run's files, and the folders that {@link #create} made if nothing else is in. */
  public void discard() {
    try {
      if (!created.isEmpty()) {
        Files.deleteIfExists(path.resolve(RunResults.FILE));
        Files.deleteIfExists(path.resolve(CONFIG_FILE));
      }
      while (!created.isEmpty()) {
        Files.delete(created.pop());
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // Someone else put something there, or took it away: not ours to remove.
      created.clear();
    } catch (IOException e) {
      throw new OutputException("Cannot remove " + path + ": " + IoReasons.of(e) + ".", e);
    }
  }

  /** Where it is, as the user named it. */
  public Path path() {
    return path;
  }

  /** Where the run's checkpoints are. */
  public CheckpointFolder checkpoints() {
    return new CheckpointFolder(path);
  }

  /**
   * How the run that was begun here differs from one of these options, such as "seed 1 there, 2
   * here"; empty if it does not.
   *
   * @param config the options, as {@link #writeConfig} takes them
   * @param without names of options that may differ
   * @throws OutputException if the options of that run cannot be read
   */
  public List<String> differences(Map<String, ?> config, Set<String> without) {
    Path file = path.resolve(CONFIG_FILE);
    JsonNode there;
    JsonNode here;
    try {
      there = JsonFiles.readTree(file);
      here = JsonFiles.tree(config);
    } catch (IOException e) {
      throw new OutputException("Cannot read " + file + ": " + IoReasons.of(e) + ".", e);
    }
    Set<String> names = new LinkedHashSet<>();
    here.fieldNames().forEachRemaining(names::add);
    there.fieldNames().forEachRemaining(names::add);
    names.removeAll(without);
    return names.stream()
        .filter(name -> !there.path(name).equals(here.path(name)))
        .map(name -> name + " " + text(there, name) + " there, " + text(here, name) + " here")
        .toList();
  }

  private static String text(JsonNode config, String name) {
    return config.hasNonNull(name) ? config.get(name).toString() : "none";
  }

  /** Writes the options of the run. */
  public void writeConfig(Map<String, ?> config) {
    write(CONFIG_FILE, config);
  }

  /** Writes what was measured so far, replacing what stood there at once. */
  public void writeResults(RunResults results) {
    write(RunResults.FILE, results);
  }

  private void write(String name, Object content) {
    try {
      JsonFiles.write(path.resolve(name), content);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write " + path.resolve(name) + ": " + IoReasons.of(e) + ".", e);
    }
  }
}
