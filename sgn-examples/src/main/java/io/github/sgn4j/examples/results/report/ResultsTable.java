package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.RunResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** A section's numbers: a row for each configuration, means over the runs that are done. */
final class ResultsTable {

  /**
   * A cell.
   *
   * @param text as people read it
   * @param value to sort by; NaN if there is none
   */
  record Cell(String text, double value) {}

  private final Section section;

  ResultsTable(Section section) {
    this.section = section;
  }

  /** Titles of the columns. */
  List<String> titles() {
    List<String> titles = new ArrayList<>(List.of("configuration"));
    section.measures().forEach(measure -> titles.add(measure.title()));
    titles.addAll(List.of("runs done", "not done", "epochs", "steps", "seconds"));
    return titles;
  }

  /** As many cells for each configuration. */
  List<List<Cell>> rows() {
    return section.groups().stream().map(this::row).toList();
  }

  private List<Cell> row(RunGroup group) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(group.name(), Double.NaN));
    for (Measure measure : section.measures()) {
      Statistic statistic = group.statistic(measure);
      cells.add(new Cell(statistic.text(measure), statistic.mean()));
    }
    int done = group.done().size();
    cells.add(new Cell(String.valueOf(done), done));
    String undone = group.undoneText();
    cells.add(new Cell(undone.isEmpty() ? "-" : undone, group.undone().size()));
    cells.add(mean(group, RunResults::totEpochs, ResultsTable::count));
    cells.add(mean(group, results -> results.totIterations(), ResultsTable::count));
    cells.add(mean(group, RunResults::totTime, Numbers::seconds));
    return cells;
  }

  private static Cell mean(
      RunGroup group, ToDoubleFunction<RunResults> number, DoubleFunction<String> text) {
    double mean = group.statistic(number).mean();
    return new Cell(Double.isNaN(mean) ? "-" : text.apply(mean), mean);
  }

  private static String count(double mean) {
    return String.format(Locale.ROOT, "%,d", Math.round(mean));
  }

  /** Whether some run that is done did not evaluate the network that it handed out. */
  boolean hasEpochValues() {
    return section.groups().stream()
        .flatMap(group -> group.done().stream())
        .anyMatch(run -> !Measure.isEvaluated(run.results()));
  }
}
