package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.Summary.Row;
import io.github.sgn4j.examples.compare.Summary.Tried;
import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.TextTable;
import java.util.ArrayList;
import java.util.List;

/** A summary as people read it: the configurations, and what was tried of tuned options. */
public final class SummaryTables {

  private final Summary summary;
  private final boolean classes;

  /** The tables of this summary. */
  public SummaryTables(Summary summary) {
    this.summary = summary;
    classes = summary.configurations().stream().anyMatch(row -> row.testAcc() != null);
  }

  /** The configurations, for a terminal. */
  public String toText() {
    return configurations("*", "").toText();
  }

  /** All, in Markdown. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder();
    text.append("# ")
        .append(summary.name())
        .append("\n\nEach run: ")
        .append(summary.budget().text())
        .append(
            ". Losses are over the whole train and test part; mean ± sample standard deviation over"
                + " the seeds whose runs finished. Runs that met NaN or infinity are counted as"
                + " diverged, those whose process crashed as failed. Bold: no other configuration is"
                + " ahead, among those whose runs all finished.\n\n")
        .append(configurations("**", "**").toMarkdown());
    if (summary.configurations().stream().anyMatch(row -> row.tuning() != null)) {
      text.append(
              "\n## Tuned options\n\nTried at seed 1; the lowest train loss is chosen. Where it lies at"
                  + " an end of the values, further ones are tried, ")
          .append(Ladder.MOST_BEYOND)
          .append(" at most on each side.\n\n")
          .append(tried().toMarkdown());
    }
    return text.toString();
  }

  private TextTable configurations(String before, String after) {
    List<String> titles =
        new ArrayList<>(List.of("configuration", "runs", "diverged", "failed", "train loss"));
    titles.add("test loss");
    if (classes) {
      titles.add("test accuracy");
    }
    titles.addAll(List.of("epochs", "steps", "seconds"));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (Row row : summary.configurations()) {
      List<String> cells = new ArrayList<>();
      cells.add(name(row));
      cells.add((row.finished() + row.diverged()) + " of " + row.runs());
      cells.add(String.valueOf(row.diverged()));
      cells.add(String.valueOf(row.failed()));
      cells.add(marked(row, "train_loss", SeedStatistic.text(row.trainLoss()), before, after));
      cells.add(marked(row, "test_loss", SeedStatistic.text(row.testLoss()), before, after));
      if (classes) {
        String accuracy = row.testAcc() == null ? "-" : row.testAcc().text(Numbers::percent);
        cells.add(marked(row, "test_acc", accuracy, before, after));
      }
      cells.add(SeedStatistic.whole(row.epochs()));
      cells.add(SeedStatistic.whole(row.steps()));
      cells.add(
          row.seconds() == null || row.seconds().mean() == null
              ? "-"
              : Numbers.seconds(row.seconds().mean()));
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static String name(Row row) {
    String chosen = "";
    if (row.tuning() != null && row.tuning().chosen() != null) {
      chosen = ", " + row.tuning().option() + " " + row.tuning().chosen();
    } else if (row.tuning() != null
        && row.tuning().tried().stream().noneMatch(tried -> tried.state().equals("missing"))) {
      chosen = ", no " + row.tuning().option() + " tried came to its end";
    }
    // What a Markdown table would take for the end of a cell.
    return (row.name() + chosen).replace('|', '/');
  }

  private static String marked(Row row, String measure, String text, String before, String after) {
    return row.best().contains(measure) ? before + text + after : text;
  }

  private TextTable tried() {
    List<String> titles =
        new ArrayList<>(List.of("configuration", "value", "train loss", "test loss"));
    if (classes) {
      titles.add("test accuracy");
    }
    titles.add("");
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (Row row : summary.configurations()) {
      if (row.tuning() != null) {
        row.tuning().tried().forEach(tried -> table.row(cells(row, tried)));
      }
    }
    return table;
  }

  private String[] cells(Row row, Tried tried) {
    List<String> cells = new ArrayList<>();
    cells.add(row.name().replace('|', '/'));
    cells.add(row.tuning().option() + " " + tried.value());
    cells.add(tried.trainLoss() == null ? tried.state() : number(tried.trainLoss()));
    cells.add(number(tried.testLoss()));
    if (classes) {
      cells.add(tried.testAcc() == null ? "-" : Numbers.percent(tried.testAcc()));
    }
    boolean chosen = tried.value().equals(row.tuning().chosen());
    cells.add(!chosen ? "" : row.tuning().atEnd() ? "chosen, at an end" : "chosen");
    return cells.toArray(String[]::new);
  }

  private static String number(Double value) {
    return value == null ? "-" : Numbers.of(value);
  }
}
