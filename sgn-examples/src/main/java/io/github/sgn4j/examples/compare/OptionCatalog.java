package io.github.sgn4j.examples.compare;

import java.util.Map;

/** Which options the commands that train have, so that a grid's keys can be checked. */
public interface OptionCatalog {

  /** What an option takes. */
  enum Kind {
    /** On or off. */
    SWITCH,
    /** One value. */
    VALUE,
    /** One value or more. */
    VALUES
  }

  /**
   * A command's options by name, without hyphens in front.
   *
   * @param command mlp or convnet
   */
  Map<String, Kind> options(String command);
}
