package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.report.Report;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./sgn report}: a folder of runs as a page, figures and a Markdown file. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = SgnCommand.VersionProvider.class,
    description = {
      "Writes a report on the runs in a folder and in the folders in it: report.html, one page with"
          + " curves, tables and configurations that needs no network; report.md and figures/ for a"
          + " README. Earlier reports there are replaced, runs are left alone.",
      "Runs that differ in their seed alone are taken together. Diverged, interrupted and unfinished"
          + " runs are shown, folders that cannot be read are named."
    })
final class ReportCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Folder of a run, of several, or of a comparison.")
  private Path folder;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (folder.toString().isBlank()) {
      throw new InputException("DIR is empty; name a folder of runs.");
    }
    Report report = Report.of(folder);
    report.damaged().forEach(line -> console.note("Left out: " + line));
    RunFolder.checkWritable(folder);
    report.write();
    console.line(report.overview());
    console.line(
        "Written: "
            + folder.resolve(Report.PAGE)
            + ", "
            + folder.resolve(Report.MARKDOWN)
            + ", "
            + folder.resolve(Report.FIGURES));
    return ExitStatus.DONE;
  }
}
