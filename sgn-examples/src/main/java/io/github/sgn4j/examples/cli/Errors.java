package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.compare.GridException;
import io.github.sgn4j.examples.data.DataException;
import io.github.sgn4j.examples.model.ArchitectureException;
import io.github.sgn4j.examples.results.OutputException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into messages and exit statuses. */
final class Errors {

  private static final int MOST_SUGGESTIONS = 3;

  private final Console console;

  Errors(Console console) {
    this.console = console;
  }

  /** Options or commands that do not exist or cannot be read. */
  int badParameters(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    console.note(e.getMessage().lines().findFirst().orElse("The options cannot be read."));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (suggestions.isEmpty() && !line.getSubcommands().isEmpty()) {
        console.note("The commands are " + commands(line) + ".");
      } else if (!suggestions.isEmpty()) {
        console.note(
            "Did you mean "
                + String.join(
                    ", ", suggestions.subList(0, Math.min(MOST_SUGGESTIONS, suggestions.size())))
                + "?");
      }
    }
    console.note(line.getCommandSpec().qualifiedName() + " --help tells what there is.");
    return ExitStatus.BAD_INPUT;
  }

  private static String commands(CommandLine line) {
    List<String> names =
        line.getSubcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(command -> !command.usageMessage().hidden())
            .map(CommandSpec::name)
            .distinct()
            .toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** Whatever a command threw. */
  int failed(Exception e, CommandLine line, ParseResult parsed) {
    boolean verbose = parsed.hasMatchedOption("--verbose");
    if (e instanceof InputException
        || e instanceof DataException
        || e instanceof GridException
        || e instanceof ArchitectureException
        || e instanceof OutputException) {
      console.note(e.getMessage());
      if (verbose) {
        e.printStackTrace(console.err());
      }
      return ExitStatus.BAD_INPUT;
    }
    console.note("This is a defect of the program; please report it with the lines below.");
    e.printStackTrace(console.err());
    return ExitStatus.DEFECT;
  }
}
