package io.github.sgn4j.examples.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Encodes texts one-hot: an input for each different text of the train part, sorted, and one more
 * for missing values where the train part has some. A text that the train part does not have
 * becomes zeros, and so do missing values where the train part has none.
 */
final class CategoryEncoder implements ColumnEncoder {

  /** A column with more different texts is refused: it would need as many inputs. */
  static final int MOST_CATEGORIES = 100;

  private final Map<String, Integer> index = new HashMap<>();
  private final boolean missing;

  private CategoryEncoder(SortedSet<String> sorted, boolean missing) {
    sorted.forEach(text -> index.put(text, index.size()));
    this.missing = missing;
  }

  /**
   * An encoder for the texts of these rows.
   *
   * @throws DataException if there are too many different ones
   */
  static CategoryEncoder fit(CsvTable table, CsvColumn column, int[] rows) {
    requireTexts(table, column);
    SortedSet<String> sorted = new TreeSet<>();
    boolean missing = false;
    for (int row : rows) {
      String text = column.text(row);
      if (text == null) {
        missing = true;
      } else if (sorted.add(text) && sorted.size() > MOST_CATEGORIES) {
        throw tooMany(table, column);
      }
    }
    return new CategoryEncoder(sorted, missing);
  }

  private static void requireTexts(CsvTable table, CsvColumn column) {
    if (!column.hasTexts()) {
      throw tooMany(table, column);
    }
  }

  private static DataException tooMany(CsvTable table, CsvColumn column) {
    String first =
        column.isNumeric()
            ? "It has numbers alone, where the train part has texts."
            : CsvCells.quoted(column.firstText())
                + " in line "
                + column.firstTextLine()
                + " is no number"
                + (column.firstText().matches("[+-]?\\d+,\\d+") ? " (decimal point!)" : "")
                + ", so that the column counts as text.";
    return table.wrong(
        column,
        "more than "
            + MOST_CATEGORIES
            + " different texts.\n"
            + first
            + "\nMend it, or leave the column out: --ignore "
            + column.name().replaceAll("\\p{Cntrl}", " "));
  }

  @Override
  public int width() {
    return index.size() + (missing ? 1 : 0);
  }

  /** Texts of the inputs in their order; null for missing values. */
  List<String> categories() {
    String[] texts = new String[width()];
    index.forEach((text, at) -> texts[at] = text);
    return Arrays.asList(texts);
  }

  @Override
  public void check(CsvTable table, CsvColumn column) {
    requireTexts(table, column);
  }

  @Override
  public void encode(
      CsvTable table, CsvColumn column, int row, double[] into, int at, TabularNotes notes) {
    String text = column.text(row);
    if (text == null) {
      notes.missingText(column);
      if (missing) {
        into[at + index.size()] = 1;
      }
      return;
    }
    Integer category = index.get(text);
    if (category == null) {
      notes.unknownCategory(column);
    } else {
      into[at + category] = 1;
    }
  }
}
