package io.github.sgn4j.examples.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The classes of a target column: its different values, numbers sorted as numbers, texts as texts.
 * A class's number is its place in that order.
 */
final class ClassLabels {

  /** More classes are refused. */
  static final int MOST_CLASSES = CsvColumn.MOST_TEXTS;

  private final boolean numeric;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numberOf = new HashMap<>();

  private ClassLabels(boolean numeric) {
    this.numeric = numeric;
  }

  /**
   * Finds the classes of a whole column, none of whose values is missing.
   *
   * @throws DataException if there is only one, or more than {@value #MOST_CLASSES}
   */
  static ClassLabels of(CsvTable table, CsvColumn column) {
    table.requireFinite(column);
    ClassLabels labels = new ClassLabels(column.isNumeric());
    if (column.isNumeric()) {
      TreeSet<Double> values = new TreeSet<>();
      for (int row = 0; row < column.size(); row++) {
        // Adding 0 makes -0 and 0 the same.
        if (values.add(column.value(row) + 0.0) && values.size() > MOST_CLASSES) {
          throw tooMany(table, column);
        }
      }
      values.forEach(value -> labels.add(CsvCells.canonical(value)));
    } else {
      if (!column.hasTexts()) {
        throw tooMany(table, column);
      }
      TreeSet<String> values = new TreeSet<>();
      for (int row = 0; row < column.size(); row++) {
        values.add(column.text(row));
      }
      values.forEach(labels::add);
    }
    if (labels.size() < 2) {
      throw table.wrong(
          column,
          "every row is of class "
              + CsvCells.quoted(labels.names.get(0))
              + ".\nA classification needs two classes or more.");
    }
    return labels;
  }

  private static DataException tooMany(CsvTable table, CsvColumn column) {
    return table.wrong(
        column,
        "more than "
            + MOST_CLASSES
            + " classes.\n"
            + (column.isNumeric()
                ? "Did you mean --task regression?"
                : CsvCells.quoted(column.firstText())
                    + " in line "
                    + column.firstTextLine()
                    + " is no number, so that the column counts as text."));
  }

  private void add(String name) {
    numberOf.put(name, names.size());
    names.add(name);
  }

  /** Number of classes. */
  int size() {
    return names.size();
  }

  /** Their names by number. */
  List<String> names() {
    return List.copyOf(names);
  }

  /**
   * The class of a row.
   *
   * @throws DataException if it is none of these
   */
  int classOf(CsvTable table, CsvColumn column, int row) {
    String name = name(table, column, row);
    Integer number = numberOf.get(name);
    if (number == null) {
      throw table.wrong(
          table.lines().of(row),
          column,
          "the train file has no row of class " + CsvCells.quoted(name) + ".");
    }
    return number;
  }

  private String name(CsvTable table, CsvColumn column, int row) {
    if (numeric && column.isNumeric()) {
      return CsvCells.canonical(column.value(row) + 0.0);
    }
    if (!column.hasTexts()) {
      throw table.wrong(column, "it has more classes than the train file.");
    }
    String text = column.text(row);
    return numeric && CsvCells.isNumber(text)
        ? CsvCells.canonical(CsvCells.number(text) + 0.0)
        : text;
  }
}
