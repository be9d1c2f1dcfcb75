package io.github.sgn4j.examples.cli;

import java.util.Locale;

/** Writes choices the way users write them. */
final class OptionText {

  private OptionText() {}

  /** In lower case, words joined by hyphens. */
  static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
