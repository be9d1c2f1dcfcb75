package io.github.sgn4j.examples.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of a table while it is read and afterwards. It holds numbers as long as every value is
 * one; the first value that is none makes it a column of texts.
 *
 * <p>Texts are kept as numbers into a list of the different ones, which ends where there are too
 * many: a column of free text is not kept in memory. A column of numbers keeps its texts until
 * there are a hundred, since it may still turn out to be one of texts.
 */
final class CsvColumn {

  /** So many different texts are kept. */
  static final int MOST_TEXTS = 1000;

  /** So many different texts are kept of a column that has held numbers alone so far. */
  static final int MOST_TEXTS_OF_NUMBERS = 100;

  private static final int MISSING = -1;

  private final String name;
  private final boolean named;
  private final int number;

  private int size;
  private int missing;
  private double[] numbers = new double[16];
  private int[] codes = new int[16];
  private List<String> texts = new ArrayList<>();
  private Map<String, Integer> codeOf = new HashMap<>();

  private long firstMissingLine;
  private String firstText;
  private long firstTextLine;
  private String firstInfinite;
  private long firstInfiniteLine;

  /**
   * An empty column.
   *
   * @param name from the header; empty if there is none
   * @param number of the column, from 1
   */
  CsvColumn(String name, int number) {
    this.named = !name.isEmpty();
    this.name = named ? name : String.valueOf(number);
    this.number = number;
  }

  /** Appends a value that stands in that line of the file. */
  void add(String cell, long line) {
    boolean absent = CsvCells.isMissing(cell);
    if (absent && missing++ == 0) {
      firstMissingLine = line;
    }
    if (isNumeric()) {
      if (absent || CsvCells.isNumber(cell)) {
        addNumber(absent ? Double.NaN : CsvCells.number(cell), cell, line);
      } else {
        firstText = cell;
        firstTextLine = line;
        numbers = null;
      }
    }
    if (hasTexts()) {
      addText(absent ? MISSING : codeOf.computeIfAbsent(cell, this::newText));
    }
    size++;
  }

  private void addNumber(double value, String cell, long line) {
    if (Double.isInfinite(value) && firstInfinite == null) {
      firstInfinite = cell;
      firstInfiniteLine = line;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, grown(size));
    }
    numbers[size] = value;
  }

  private int newText(String text) {
    texts.add(text);
    return texts.size() - 1;
  }

  private void addText(int code) {
    if (texts.size() > (isNumeric() ? MOST_TEXTS_OF_NUMBERS : MOST_TEXTS)) {
      texts = null;
      codeOf = null;
      codes = null;
      return;
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, grown(size));
    }
    codes[size] = code;
  }

  private static int grown(int length) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, length + (length >> 1) + 1L);
  }

  /** From the header, or else the column's number. */
  String name() {
    return name;
  }

  /** Whether the header has a name for it. */
  boolean isNamed() {
    return named;
  }

  /** For messages. */
  String label() {
    return "column " + number + (named ? " (" + CsvCells.quoted(name) + ")" : "");
  }

  /** Number of rows. */
  int size() {
    return size;
  }

  /** Number of missing values. */
  int missing() {
    return missing;
  }

  /** Where the first of them would stand. */
  long firstMissingLine() {
    return firstMissingLine;
  }

  /** Whether every value that is there is a number. */
  boolean isNumeric() {
    return numbers != null;
  }

  /** Whether there are few enough different texts for {@link #text} to know them. */
  boolean hasTexts() {
    return texts != null;
  }

  /** A value of a column that {@link #isNumeric}; NaN where it is missing. */
  double value(int row) {
    return numbers[row];
  }

  /** A value of a column that {@link #hasTexts}; null where it is missing. */
  String text(int row) {
    return codes[row] == MISSING ? null : texts.get(codes[row]);
  }

  /** The first value that is not a number; null if all are. */
  String firstText() {
    return firstText;
  }

  /** Where that stands. */
  long firstTextLine() {
    return firstTextLine;
  }

  /** The first number that is infinite, as it is written; null if none is. */
  String firstInfinite() {
    return firstInfinite;
  }

  /** Where that stands. */
  long firstInfiniteLine() {
    return firstInfiniteLine;
  }
}
