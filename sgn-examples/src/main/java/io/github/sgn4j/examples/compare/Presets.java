package io.github.sgn4j.examples.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bundled grids. */
public final class Presets {

  /** The published tasks. */
  public static final List<String> NAMES =
      List.of("boston", "sine-10", "sine-100", "mnist", "fashion", "cifar10");

  /** The one without data, for a table of the user's own. */
  public static final String OWN_DATA = "own-data";

  private Presets() {}

  /** Name of a grid's file. */
  public static String file(String name) {
    return name + ".yaml";
  }

  /**
   * A grid's file.
   *
   * @throws GridException if there is none of that name
   */
  public static byte[] content(String name) {
    if (!NAMES.contains(name) && !name.equals(OWN_DATA)) {
      throw new GridException(
          "There is no preset "
              + GridReader.quoted(name)
              + "."
              + Nearest.hint(name, NAMES)
              + "\nThe presets are "
              + String.join(", ", NAMES)
              + ".");
    }
    try (InputStream in = Presets.class.getResourceAsStream(file(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the preset " + name + " cannot be read", e);
    }
  }
}
