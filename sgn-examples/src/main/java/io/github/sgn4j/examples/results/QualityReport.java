package io.github.sgn4j.examples.results;

import io.github.sgn4j.examples.IoReasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The Markdown table of runs beside the published ones, made of the folders {@code
 * STUDY-SOLVER-SEED} that a script fills.
 */
public final class QualityReport {

  /** The reports that there are, each with its script. */
  public enum Kind {
    /** Multi-layer perceptrons. */
    MLP("results/run-quality.sh", QualityStudy.MLP),
    /** Convolutional networks, with SGN epoch by epoch. */
    CONV("results/run-conv-quality.sh", QualityStudy.CONV);

    private final String script;

    @SuppressWarnings("ImmutableEnumChecker") // A list of records, made by List.of.
    private final List<QualityStudy> studies;

    Kind(String script, List<QualityStudy> studies) {
      this.script = script;
      this.studies = studies;
    }
  }

  private final Path runs;
  private final Kind kind;
  private final PublishedFigures published = PublishedFigures.load();
  private RunEnvironment environment;

  /** A report on the runs in that folder. */
  public QualityReport(Path runs, Kind kind) {
    this.runs = runs;
    this.kind = kind;
  }

  /**
   * Reads the runs.
   *
   * @return the report, in Markdown
   * @throws OutputException if there is no run, or one cannot be read
   */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder("# Beside the published runs\n\n");
    StringBuilder studies = new StringBuilder();
    for (QualityStudy study : kind.studies) {
      studies.append(section(study));
    }
    if (environment == null) {
      throw new OutputException(
          "No finished runs in " + runs + ".\nMake them first: " + kind.script);
    }
    text.append(
        "Made by `"
            + kind.script
            + "`. Seeds shuffle the samples; initial weights are the same"
            + " for all. SGD and Adam (learning rate 1e-3) train for the seconds that SGN took with"
            + " the same seed. Published: "
            + published.source()
            + "; seconds are on their hardware.\n\n");
    text.append(
        String.format(
            "Here: %s, %d processors, %s precision, Java %s, ND4J %s, BLAS %s.%n%n",
            environment.cpu(),
            environment.cpus(),
            environment.precision(),
            environment.java(),
            environment.nd4j(),
            environment.blas()));
    return text.append(studies).toString();
  }

  private String section(QualityStudy study) {
    List<String> titles = new ArrayList<>(List.of("solver"));
    for (int seed = 1; seed <= study.seeds(); seed++) {
      titles.add("seed " + seed);
    }
    String summary = study.summary().name().toLowerCase(Locale.ROOT);
    titles.addAll(List.of(summary, "epochs", "seconds", "published"));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    double sgn = Double.NaN;
    for (String solver : study.solvers()) {
      List<Optional<RunResults>> seeds = read(study, solver);
      double[] values = finished(seeds, study.measure());
      // A diverged run has no value, and so neither have all seeds together.
      boolean complete = values.length == study.seeds();
      double together = complete ? study.summary().of(values) : Double.NaN;
      if (solver.equals("sgn")) {
        sgn = together;
      }
      List<String> cells = new ArrayList<>(List.of(label(solver)));
      seeds.forEach(run -> cells.add(cell(study, run)));
      cells.add(study.text(together));
      cells.add(median(seeds, RunResults::totEpochs, "%.0f"));
      cells.add(median(seeds, RunResults::totTime, "%.2f"));
      cells.add(publishedCell(study, solver));
      table.row(cells.toArray(String[]::new));
    }
    String epochs =
        kind == Kind.CONV ? new EpochTables(study, published).toMarkdown(read(study, "sgn")) : "";
    return String.format(
        "## %s%n%n%s%s Shown: %s. Asked of SGN's %s: %s; %s.%n%n%s%n",
        study.title(),
        study.setting(),
        epochs,
        study.measureName(),
        summary,
        study.goalText(),
        Double.isNaN(sgn) ? "not all runs are there" : study.reached(sgn) ? "reached" : "missed",
        table.toMarkdown());
  }

  private List<Optional<RunResults>> read(QualityStudy study, String solver) {
    List<Optional<RunResults>> found = new ArrayList<>();
    for (int seed = 1; seed <= study.seeds(); seed++) {
      Path folder = runs.resolve(study.key() + "-" + solver + "-" + seed);
      if (!Files.exists(folder.resolve(RunResults.FILE))) {
        found.add(Optional.empty());
        continue;
      }
      try {
        RunResults results = RunResults.read(folder);
        environment = environment == null ? results.environment() : environment;
        found.add(Optional.of(results));
      } catch (IOException e) {
        throw new OutputException(
            "Cannot read " + folder.resolve(RunResults.FILE) + ": " + IoReasons.of(e) + ".", e);
      }
    }
    return found;
  }

  private static double[] finished(
      List<Optional<RunResults>> seeds, ToDoubleFunction<RunResults> value) {
    return seeds.stream()
        .flatMap(Optional::stream)
        .filter(run -> run.status() == RunStatus.DONE)
        .mapToDouble(value)
        .filter(Double::isFinite)
        .toArray();
  }

  private static String cell(QualityStudy study, Optional<RunResults> run) {
    return run.map(
            results ->
                switch (results.status()) {
                  case DONE -> study.text(study.measure().applyAsDouble(results));
                  case NON_FINITE -> "diverged";
                  default -> "unfinished";
                })
        .orElse("-");
  }

  private static String median(
      List<Optional<RunResults>> seeds, ToDoubleFunction<RunResults> value, String format) {
    double[] values = finished(seeds, value);
    return values.length == 0
        ? "-"
        : String.format(Locale.ROOT, format, QualityStudy.median(values));
  }

  private String publishedCell(QualityStudy study, String solver) {
    return published
        .of(study.key(), solver)
        .map(
            figure ->
                figure.mean() == null
                    ? figure.when()
                    : study.text(figure.mean())
                        + " ± "
                        + study.text(figure.deviation())
                        + " ("
                        + figure.when()
                        + ")")
        .orElse("-");
  }

  private static String label(String solver) {
    return solver.startsWith("sgd-")
        ? "SGD, lr " + solver.substring("sgd-".length())
        : solver.equals("adam") ? "Adam" : "SGN";
  }

  /**
   * Writes the report.
   *
   * @throws OutputException as {@link #toMarkdown}, or if the file cannot be written
   */
  public void write(Path file) {
    String text = toMarkdown();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OutputException("Cannot write " + file + ": " + IoReasons.of(e) + ".", e);
    }
  }
}
