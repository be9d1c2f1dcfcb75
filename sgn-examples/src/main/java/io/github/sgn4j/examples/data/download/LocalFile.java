package io.github.sgn4j.examples.data.download;

import java.nio.file.Path;

/**
 * A file of a data set on this disk.
 *
 * @param path what will be read; there may be no such file
 * @param file what it should be
 * @param isTarget whether a download would be put there, too
 */
public record LocalFile(Path path, CatalogueFile file, boolean isTarget) {

  /** Reads it and compares its content with the official one. */
  public FileCheck check() {
    return ContentCheck.of(path, file);
  }
}
