package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.results.EqualSeconds;
import io.github.sgn4j.examples.results.EqualSecondsReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sgn equal-seconds}: what the script {@code results/run-equal-seconds.sh} asks for. */
@Command(
    name = "equal-seconds",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = SgnCommand.VersionProvider.class,
    description =
        "Writes the tables of the runs that results/run-equal-seconds.sh made, or says which"
            + " learning rate a method did best with.")
final class EqualSecondsCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "RUNS", description = "Folder of the runs.")
  private Path runs;

  @Option(names = "--out", paramLabel = "FILE", description = "Where the tables go, in Markdown.")
  private Path out;

  @Option(
      names = "--best",
      arity = "2",
      paramLabel = "NAME",
      description = "A task and a method: prints the rate of the lowest train loss at seed 1.")
  private String[] best;

  EqualSecondsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    EqualSeconds read = EqualSeconds.read(runs);
    if (best != null) {
      read.best(best[0], best[1], 1).ifPresent(method -> console.line(method.rate()));
    }
    if (out != null) {
      new EqualSecondsReport(read).write(out);
      console.line("Tables: " + out);
    }
    return ExitStatus.DONE;
  }
}
