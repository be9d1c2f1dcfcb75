package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.results.QualityReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sgn quality-table}: what {@code results/run-conv-quality.sh} ends with. */
@Command(
    name = "quality-table",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = SgnCommand.VersionProvider.class,
    description = "Writes the table of the runs that results/run-conv-quality.sh made.")
final class QualityTableCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "RUNS", description = "Folder of the runs.")
  private Path runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the table goes, in Markdown.")
  private Path out;

  QualityTableCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    new QualityReport(runs).write(out);
    console.line("Table: " + out);
    return ExitStatus.DONE;
  }
}
