package io.github.sgn4j.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where data sets lie: the folder that the user names, else that of the environment variable {@code
 * SGN_DATA}, else {@code sgn4j} in the user's cache folder ({@code $XDG_CACHE_HOME}, else {@code
 * ~/.cache}). Each set has a folder of its own name inside.
 */
public final class DataFolder {

  private static final String NAMED = "--data-dir";

  private final Path root;
  private final String origin;

  private DataFolder(Path root, String origin) {
    this.root = root;
    this.origin = origin;
  }

  /**
   * Finds the folder.
   *
   * @param named the user's choice, or null
   * @param environment the process's environment variables
   * @throws DataException if the user named something that is not a folder
   */
  public static DataFolder find(Path named, Map<String, String> environment) {
    if (named != null) {
      if (!Files.isDirectory(named)) {
        throw new DataException(
            NAMED
                + " "
                + named
                + ": "
                + (Files.exists(named) ? "not a folder." : "no such folder."));
      }
      return new DataFolder(named, NAMED);
    }
    String variable = environment.get("SGN_DATA");
    if (variable != null && !variable.isBlank()) {
      return new DataFolder(Path.of(variable), "$SGN_DATA");
    }
    String cache = environment.get("XDG_CACHE_HOME");
    Path base =
        cache != null && Path.of(cache).isAbsolute()
            ? Path.of(cache)
            : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache");
    return new DataFolder(base.resolve("sgn4j"), "the cache folder");
  }

  /** The named set's folder, which may not exist. */
  public Path of(String set) {
    return root.resolve(set);
  }

  /** That file within the named set's folder, if there is one. */
  public Optional<Path> file(String set, String name) {
    Path file = of(set).resolve(name);
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** What downloads the named set to here. */
  String downloadCommand(String set) {
    String place = origin.equals(NAMED) ? " " + NAMED + " " + root : "";
    return "./sgn datasets download " + set + place;
  }

  /** What named this folder, for messages: {@code --data-dir}, {@code $SGN_DATA} or the cache. */
  public String origin() {
    return origin;
  }
}
