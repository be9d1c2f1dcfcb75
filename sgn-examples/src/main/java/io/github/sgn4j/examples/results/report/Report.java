package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.results.AtomicFile;
import io.github.sgn4j.examples.results.OutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of runs, read and sorted, and what is written about it: {@code report.html}, {@code
 * report.md} and {@code figures/}.
 */
public final class Report {

  /** Name of the page. */
  public static final String PAGE = "report.html";

  /** Name of the Markdown file. */
  public static final String MARKDOWN = "report.md";

  /** Name of the folder of figures. */
  public static final String FIGURES = "figures";

  private final Path folder;
  private final RunScan scan;
  private final List<Section> sections;
  private final PublishedCurves published = PublishedCurves.load();

  private Report(Path folder, RunScan scan) {
    this.folder = folder;
    this.scan = scan;
    this.sections = Section.of(scan.runs());
  }

  /**
   * Reads the runs in a folder and in the folders in it.
   *
   * @throws OutputException if it is no folder, or there is no run that can be read
   */
  public static Report of(Path folder) {
    RunScan scan = RunScan.of(folder);
    if (scan.runs().isEmpty() && scan.trials() > 0) {
      throw new OutputException(
          "There are only trials of tuned options in "
              + folder
              + " so far.\nGo on with the comparison: the same ./sgn compare.");
    }
    if (scan.runs().isEmpty()) {
      String first = scan.damaged().isEmpty() ? "" : "\nNot readable: " + scan.damaged().get(0);
      throw new OutputException(
          "There are no runs in "
              + folder
              + ".\nMake some first: ./sgn mlp --out "
              + folder.resolve("my-run")
              + first);
    }
    return new Report(folder, scan);
  }

  /**
   * Writes the page, the Markdown file and the figures into the folder, replacing earlier ones.
   *
   * @throws OutputException if that fails
   */
  public void write() {
    write(PAGE, new ReportPage(this).toHtml());
    Path figures = folder.resolve(FIGURES);
    try {
      Files.createDirectories(figures);
    } catch (IOException e) {
      throw new OutputException("Cannot write to " + figures + ": " + IoReasons.of(e) + ".", e);
    }
    List<List<SectionFigure>> drawn = SectionFigure.of(sections, published);
    drawn.forEach(ofSection -> ofSection.forEach(figure -> figure.write(figures)));
    write(MARKDOWN, new ReportMarkdown(this, drawn).toMarkdown());
  }

  private void write(String name, String text) {
    Path file = folder.resolve(name);
    try {
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OutputException("Cannot write " + file + ": " + IoReasons.of(e) + ".", e);
    }
  }

  /** A line for each folder that could not be read as a run. */
  public List<String> damaged() {
    return scan.damaged();
  }

  /** How many runs of how many configurations, in words. */
  public String overview() {
    int groups = sections.stream().mapToInt(section -> section.groups().size()).sum();
    long done = runs().stream().filter(run -> run.ending() == Ending.DONE).count();
    String text =
        number(runs().size(), "run")
            + " of "
            + number(groups, "configuration")
            + (sections.size() > 1 ? " on " + number(sections.size(), "task") : "");
    return text
        + (done == runs().size() ? ", all done." : ", " + done + " done.")
        + (scan.trials() == 0
            ? ""
            : " Not among them: "
                + number(scan.trials(), "trial")
                + " by which tuned options were chosen; they are in summary.md.");
  }

  private static String number(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  /** A title. */
  String title() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return "Runs in " + (name == null ? folder : name);
  }

  List<FoundRun> runs() {
    return scan.runs();
  }

  List<Section> sections() {
    return sections;
  }

  PublishedCurves published() {
    return published;
  }
}
