package io.github.sgn4j.examples.results;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The logs that a run may keep in its folder beside its results. */
public final class RunLogFiles {

  /** A line of JSON for every step and every epoch. */
  public static final String JSON_LINES = "log.jsonl";

  /** Folder of TensorBoard's event files. */
  public static final String TENSORBOARD = "tensorboard";

  private static final String EVENT_FILES = "events.out.tfevents.*";

  private RunLogFiles() {}

  /** Puts the logs of one run in the place of another's. */
  public static void copy(Path from, Path to) throws IOException {
    remove(to);
    if (Files.exists(from.resolve(JSON_LINES))) {
      Files.copy(from.resolve(JSON_LINES), to.resolve(JSON_LINES));
    }
    Path events = from.resolve(TENSORBOARD);
    if (Files.isDirectory(events)) {
      Files.createDirectories(to.resolve(TENSORBOARD));
      try (DirectoryStream<Path> files = Files.newDirectoryStream(events, EVENT_FILES)) {
        for (Path file : files) {
          Files.copy(file, to.resolve(TENSORBOARD).resolve(file.getFileName()));
        }
      }
    }
  }

  /** Removes the logs of an earlier run, which a new one must not append to. */
  static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(JSON_LINES));
    Path events = folder.resolve(TENSORBOARD);
    if (Files.isDirectory(events)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(events, EVENT_FILES)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }
}
