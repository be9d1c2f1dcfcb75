package io.github.sgn4j.examples.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table as plain text or Markdown: the first column to the left, the others to the right. */
public final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column titles. */
  public TextTable(String... titles) {
    rows.add(List.of(titles));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it does not have as many cells as there are titles
   */
  public TextTable row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + rows.get(0).size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The table for a terminal, each line ended. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append(line(row, "  ").stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** The table in Markdown, each line ended. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(line(rows.get(i), " | ")).append(" |\n");
      if (i == 0) {
        text.append("|---").append("|---:".repeat(rows.get(0).size() - 1)).append("|\n");
      }
    }
    return text.toString();
  }

  private String line(List<String> row, String separator) {
    List<String> cells = new ArrayList<>();
    int[] widths = widths();
    for (int column = 0; column < row.size(); column++) {
      String padding = " ".repeat(widths[column] - row.get(column).length());
      cells.add(column == 0 ? row.get(column) + padding : padding + row.get(column));
    }
    return String.join(separator, cells);
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    Arrays.setAll(
        widths, column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    return widths;
  }
}
