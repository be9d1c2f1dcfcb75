package io.github.sgn4j.examples.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what was done to a table without being asked for, to be told in a few lines. */
final class TabularNotes {

  private static final int MOST_NAMES = 5;

  private final List<String> others = new ArrayList<>();
  private final Map<String, Integer> replaced = new LinkedHashMap<>();
  private final Map<String, Integer> absent = new LinkedHashMap<>();
  private final Map<String, Integer> unknown = new LinkedHashMap<>();
  private final Map<String, Integer> dropped = new LinkedHashMap<>();

  /** A number was missing and became the column's mean. */
  void missingNumber(CsvColumn column) {
    replaced.merge(column.name(), 1, Integer::sum);
  }

  /** A text was missing, which is a category of its own. */
  void missingText(CsvColumn column) {
    absent.merge(column.name(), 1, Integer::sum);
  }

  /** A category that training does not have became zeros. */
  void unknownCategory(CsvColumn column) {
    unknown.merge(column.name(), 1, Integer::sum);
  }

  /** A column was left out. */
  void dropped(CsvColumn column) {
    dropped.put(column.name(), 1);
  }

  /** Something else, as a line. */
  void add(String line) {
    others.add(line);
  }

  /** A line for each thing. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(others);
    if (!dropped.isEmpty()) {
      lines.add(
          "left out, since the same in all rows of the train part: " + list(dropped, false) + ".");
    }
    if (!replaced.isEmpty()) {
      lines.add("missing numbers became the train mean of their column: " + list(replaced, true));
    }
    if (!absent.isEmpty()) {
      lines.add("missing texts became a category of their own: " + list(absent, true));
    }
    if (!unknown.isEmpty()) {
      lines.add(
          "texts of the test part that the train part does not have became zeros: "
              + list(unknown, true));
    }
    return lines;
  }

  private static String list(Map<String, Integer> columns, boolean counts) {
    List<String> parts = new ArrayList<>();
    int total = 0;
    for (Map.Entry<String, Integer> column : columns.entrySet()) {
      total += column.getValue();
      if (parts.size() < MOST_NAMES) {
        String name = CsvCells.quoted(column.getKey());
        parts.add(counts ? column.getValue() + " in " + name : name);
      } else if (parts.size() == MOST_NAMES) {
        parts.add("...");
      }
    }
    String all = String.join(", ", parts);
    if (!counts) {
      return columns.size() > MOST_NAMES ? columns.size() + " columns, " + all : all;
    }
    return columns.size() > 1 ? total + ": " + all + "." : all + ".";
  }
}
