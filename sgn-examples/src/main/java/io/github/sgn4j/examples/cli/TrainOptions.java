package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.compare.OptionCatalog;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code mlp} and {@code convnet}, as their commands declare them. */
final class TrainOptions implements OptionCatalog {

  private final CommandLine line;

  /** Those of this command line's commands. */
  TrainOptions(CommandLine line) {
    this.line = line;
  }

  @Override
  public Map<String, Kind> options(String command) {
    Map<String, Kind> options = new TreeMap<>();
    for (OptionSpec option : line.getSubcommands().get(command).getCommandSpec().options()) {
      options.put(
          option.longestName().replaceFirst("^--", ""),
          option.isMultiValue()
              ? Kind.VALUES
              : option.arity().max() == 0 ? Kind.SWITCH : Kind.VALUE);
    }
    return options;
  }
}
