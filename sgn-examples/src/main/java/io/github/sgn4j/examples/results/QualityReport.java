package io.github.sgn4j.examples.results;

import io.github.sgn4j.examples.IoReasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The Markdown table of convolutional networks' runs beside the published ones, made of the folders
 * {@code STUDY-SOLVER-SEED} that {@code results/run-conv-quality.sh} fills, with SGN epoch by
 * epoch.
 */
public final class QualityReport {

  private static final String SCRIPT = "results/run-conv-quality.sh";
  private static final String SGN = "SGN, reference";
  private static final String DEFAULT = "SGN, default";

  private final Path runs;
  private final PublishedFigures published = PublishedFigures.load();
  private RunEnvironment environment;

  /** A report on the runs in that folder. */
  public QualityReport(Path runs) {
    this.runs = runs;
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
    for (QualityStudy study : QualityStudy.ALL) {
      studies.append(section(study));
    }
    if (environment == null) {
      throw new OutputException("No finished runs in " + runs + ".\nMake them first: " + SCRIPT);
    }
    text.append(
        "Made by `"
            + SCRIPT
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
    titles.addAll(List.of("mean", "epochs", "seconds", "published"));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    Map<String, Double> means = new LinkedHashMap<>();
    for (String solver : QualityStudy.SOLVERS) {
      List<Optional<RunResults>> seeds = read(study, solver);
      double[] values = finished(seeds, QualityStudy::measure);
      // A diverged run has no value, and so neither have all seeds together.
      boolean complete = values.length == study.seeds();
      double together = complete ? Arrays.stream(values).average().orElseThrow() : Double.NaN;
      if (!solver.equals("adam") && !solver.startsWith("sgd-")) {
        means.put(label(solver), together);
      }
      List<String> cells = new ArrayList<>(List.of(label(solver)));
      seeds.forEach(run -> cells.add(cell(run)));
      cells.add(Numbers.percent(together));
      cells.add(median(seeds, RunResults::totEpochs, "%.0f"));
      cells.add(median(seeds, RunResults::totTime, "%.2f"));
      cells.add(publishedCell(study, solver));
      table.row(cells.toArray(String[]::new));
    }
    EpochTables epochs = new EpochTables(study, published);
    return String.format(
        "## %s%n%n%s%n%n%s%s### All solvers%n%n"
            + "Shown: test accuracy at the end. This project's goal for SGN's mean: at least %s;"
            + " %s.%n%n%s%n",
        study.title(),
        study.setting(),
        epochs.toMarkdown(SGN, read(study, "sgn")),
        epochs.toMarkdown(DEFAULT, read(study, "default")),
        Numbers.percent(study.goal()),
        verdict(study, means),
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

  private static String verdict(QualityStudy study, Map<String, Double> means) {
    return means.entrySet().stream()
        .map(
            mean ->
                mean.getKey()
                    + ": "
                    + (Double.isNaN(mean.getValue())
                        ? "not all runs are there"
                        : mean.getValue() >= study.goal() ? "reached" : "missed"))
        .collect(Collectors.joining("; "));
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

  private static String cell(Optional<RunResults> run) {
    return run.map(
            results ->
                switch (results.status()) {
                  case DONE -> Numbers.percent(QualityStudy.measure(results));
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
                Numbers.percent(figure.mean())
                    + " ± "
                    + Numbers.percent(figure.deviation())
                    + " ("
                    + figure.when()
                    + ")")
        .orElse("-");
  }

  private static String label(String solver) {
    return switch (solver) {
      case "sgn" -> SGN;
      case "default" -> DEFAULT;
      case "adam" -> "Adam";
      default -> "SGD, lr " + solver.substring("sgd-".length());
    };
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
