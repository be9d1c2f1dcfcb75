package io.github.sgn4j.examples.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of comma-separated values in memory: columns of numbers or texts, and where each row
 * stands in the file.
 *
 * @param file where it comes from
 * @param header whether the first line named the columns
 * @param delimiter what stood between values
 * @param columns all of the same length
 * @param lines number of each row's (first) line, from 1
 */
record CsvTable(
    Path file, boolean header, char delimiter, List<CsvColumn> columns, CsvLines lines) {

  private static final int MOST_NAMES = 12;
  private static final String LAST = "last";

  CsvTable {
    columns = List.copyOf(columns);
  }

  /**
   * Reads a table.
   *
   * @throws DataException if the file cannot be read, is no table, or does not fit the memory
   */
  static CsvTable read(Path file, CsvFormat format) {
    return new CsvReader(file, format).read();
  }

  /** Number of rows. */
  int rows() {
    return lines.size();
  }

  /** The column of that index, from 0. */
  CsvColumn column(int index) {
    return columns.get(index);
  }

  /**
   * Finds a column by its name, else by its number from 1, else by the word last.
   *
   * @return its index, from 0
   * @throws DataException if there is no such column
   */
  int find(String wanted) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isNamed() && columns.get(i).name().equals(wanted)) {
        return i;
      }
    }
    if (wanted.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(wanted);
      if (number >= 1 && number <= columns.size()) {
        return number - 1;
      }
    }
    if (wanted.equals(LAST)) {
      return columns.size() - 1;
    }
    throw new DataException(
        file + " has no column " + CsvCells.quoted(wanted) + ".\n" + describeColumns());
  }

  private String describeColumns() {
    String choice =
        "It has "
            + CsvCells.count(columns.size(), "column", "columns")
            + ", to be named by number from 1"
            + (header ? ", or by name: " : " (it has no line of names).");
    if (!header) {
      return choice;
    }
    return choice
        + columns.stream()
            .filter(CsvColumn::isNamed)
            .limit(MOST_NAMES)
            .map(column -> CsvCells.quoted(column.name()))
            .collect(Collectors.joining(", "))
        + (columns.size() > MOST_NAMES ? ", ..." : ".");
  }

  /**
   * This table with its columns in the order of another one: by name where both have names, else as
   * they are.
   *
   * @param like has the order
   * @param unused indices, within the other table, of columns that may be missing here; where they
   *     are, the result repeats a column
   * @throws DataException if a column is missing or there is another one
   */
  CsvTable alignedTo(CsvTable like, List<Integer> unused) {
    if (!header || !like.header) {
      if (columns.size() != like.columns.size()) {
        throw new DataException(
            String.format(
                "%s has %s, but %s has %d.%nA test file needs the same columns.",
                file,
                CsvCells.count(columns.size(), "column", "columns"),
                like.file,
                like.columns.size()));
      }
      return this;
    }
    List<CsvColumn> ordered = new ArrayList<>();
    List<CsvColumn> foreign = new ArrayList<>(columns);
    for (int i = 0; i < like.columns.size(); i++) {
      CsvColumn wanted = like.column(i);
      CsvColumn found =
          columns.stream().filter(c -> c.name().equals(wanted.name())).findFirst().orElse(null);
      if (found == null && !unused.contains(i)) {
        throw new DataException(
            file
                + " has no column "
                + CsvCells.quoted(wanted.name())
                + ", which "
                + like.file
                + " has.\nA test file needs the same columns, in any order.");
      }
      foreign.remove(found);
      ordered.add(found == null ? columns.get(0) : found);
    }
    if (!foreign.isEmpty()) {
      throw new DataException(
          file
              + ", line 1: "
              + foreign.get(0).label()
              + " is not a column of "
              + like.file
              + ".\nA test file needs the same columns, in any order.");
    }
    return new CsvTable(file, true, delimiter, ordered, lines);
  }

  /** What is wrong in a line, as an exception. */
  DataException wrong(long line, CsvColumn column, String what) {
    return new DataException(file + ", line " + line + ", " + column.label() + ": " + what);
  }

  /** What is wrong with a column, as an exception. */
  DataException wrong(CsvColumn column, String what) {
    return new DataException(file + ", " + column.label() + ": " + what);
  }

  /** Refuses a column of numbers that are not all finite. */
  void requireFinite(CsvColumn column) {
    if (column.isNumeric() && column.firstInfinite() != null) {
      throw wrong(
          column.firstInfiniteLine(),
          column,
          CsvCells.quoted(column.firstInfinite()) + " is not a finite number.");
    }
  }
}
