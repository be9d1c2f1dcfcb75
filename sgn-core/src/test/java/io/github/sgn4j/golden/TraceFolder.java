package io.github.sgn4j.golden;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The folder of traces to replay. */
final class TraceFolder {

  static final String PROPERTY = "sgn.golden.dir";

  private TraceFolder() {}

  /** The traces in the folder that the system property names, or else in the test resources. */
  static List<Path> files() throws IOException {
    String chosen = System.getProperty(PROPERTY);
    return chosen == null ? resourceFiles() : files(resolve(Path.of(chosen)));
  }

  /** The traces in the test resources. */
  static List<Path> resourceFiles() throws IOException {
    return files(resources());
  }

  /** The JSON files in a folder by name; there must be one. */
  static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new TraceFormatException(folder.toAbsolutePath() + " (" + PROPERTY + ") is no folder");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries.filter(path -> path.toString().endsWith(".json")).sorted().toList();
      if (files.isEmpty()) {
        throw new TraceFormatException(
            folder.toAbsolutePath() + " (" + PROPERTY + ") holds no .json file to replay");
      }
      return files;
    }
  }

  /** Tests run in the module's folder; a relative path may be meant from the project's root. */
  private static Path resolve(Path path) {
    Path fromRoot = Path.of("..").resolve(path);
    return !Files.isDirectory(path) && Files.isDirectory(fromRoot) ? fromRoot : path;
  }

  private static Path resources() {
    URL url = Objects.requireNonNull(TraceFolder.class.getResource("/golden"), "/golden");
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new TraceFormatException("the test resources are not in a folder: " + url, e);
    }
  }
}
