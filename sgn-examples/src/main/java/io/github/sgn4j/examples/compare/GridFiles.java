package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.IoReasons;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files that a grid's data name: where they are, seen from the grid file, and what is in them.
 * A comparison is told from another by their content, so that it may be moved as a whole.
 */
public final class GridFiles {

  private static final Set<String> OPTIONS = Set.of("csv", "test-csv", "architecture");

  private final Path base;
  private final Set<String> architectures;

  /**
   * Files of a grid.
   *
   * @param base the grid file's folder
   * @param architectures names that are no files
   */
  public GridFiles(Path base, Set<String> architectures) {
    this.base = base;
    this.architectures = architectures;
  }

  /** An option's value as a run takes it: a file's place seen from here. */
  String resolved(String option, String value) {
    return isFile(option, value) ? base.resolve(value).normalize().toString() : value;
  }

  private boolean isFile(String option, String value) {
    return OPTIONS.contains(option) && !value.isBlank() && !architectures.contains(value);
  }

  /**
   * SHA-256 of every file, by option.
   *
   * @throws GridException if one cannot be read
   */
  public Map<String, String> sums(Map<String, Object> data) {
    Map<String, String> sums = new LinkedHashMap<>();
    data.forEach(
        (option, value) -> {
          if (value instanceof String text && isFile(option, text)) {
            sums.put(option, sum(option, text));
          }
        });
    return sums;
  }

  private String sum(String option, String value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in =
          new DigestInputStream(Files.newInputStream(base.resolve(value)), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new GridException(
          option
              + " "
              + base.resolve(value).normalize()
              + " cannot be read: "
              + IoReasons.of(e)
              + ".\nNames of files in a grid are seen from the grid file's folder.",
          e);
    } catch (InvalidPathException e) {
      throw new GridException(option + " " + GridReader.quoted(value) + " is no file name.", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
