package io.github.sgn4j.examples.data;

import io.github.sgn4j.examples.IoReasons;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a table row by row; the file itself is never in memory as a whole. */
final class CsvReader {

  /** A table that has more values fits no array. */
  static final long MOST_CELLS = Integer.MAX_VALUE;

  private final Path file;
  private final CsvFormat format;
  private final long mostCells;
  private final long mostBytes;

  private final List<CsvColumn> columns = new ArrayList<>();
  private final CsvLines lines = new CsvLines();
  private boolean header;
  private long lastLine;

  CsvReader(Path file, CsvFormat format) {
    this(file, format, MOST_CELLS, Runtime.getRuntime().maxMemory());
  }

  /** For tests: with other limits on values, and on the bytes that they take. */
  CsvReader(Path file, CsvFormat format, long mostCells, long mostBytes) {
    this.file = file;
    this.format = format;
    this.mostCells = mostCells;
    this.mostBytes = mostBytes;
  }

  /** As {@link CsvTable#read}. */
  CsvTable read() {
    try (BufferedReader text = CsvText.open(file)) {
      char delimiter = format.delimiter() == null ? CsvDelimiter.detect(text) : format.delimiter();
      try (CSVParser parser = CSVParser.parse(text, CsvDelimiter.format(delimiter))) {
        for (CSVRecord record : parser) {
          add(record, parser.getCurrentLineNumber());
        }
      }
      if (columns.isEmpty()) {
        throw new DataException(file + " is empty.");
      }
      if (lines.size() == 0) {
        throw new DataException(
            file + " has no rows of data, only a line of names.\nIf that is data: --header no");
      }
      return new CsvTable(file, header, delimiter, columns, lines);
    } catch (UncheckedIOException e) {
      throw explained(e.getCause());
    } catch (IOException e) {
      throw explained(e);
    } catch (OutOfMemoryError e) {
      throw tooLarge(e);
    }
  }

  private void add(CSVRecord record, long lineOfEnd) {
    long line = lineOfEnd - lastLine == 1 ? lineOfEnd : lineOfEnd - lineBreaks(record);
    lastLine = lineOfEnd;
    if (record.size() == 1 && record.get(0).isBlank()) {
      return; // a line of blanks
    }
    if (columns.isEmpty()) {
      begin(record, line);
      if (header) {
        return;
      }
    }
    if (record.size() != columns.size()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s, line %d: %s instead of %d.",
              file,
              line,
              CsvCells.count(record.size(), "value", "values"),
              columns.size()));
    }
    long cells = (lines.size() + 1L) * columns.size();
    if (cells > mostCells) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s, line %d: more than %,d values, more than this program can hold.%nTake fewer rows"
                  + " or columns.",
              file,
              line,
              mostCells));
    }
    if (cells * Double.BYTES > mostBytes) {
      throw tooLarge(null);
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(record.get(i).strip(), line);
    }
    lines.add(line);
  }

  private static int lineBreaks(CSVRecord record) {
    int breaks = 0;
    for (String cell : record) {
      for (int i = 0; i < cell.length(); i++) {
        char c = cell.charAt(i);
        boolean pair = c == '\r' && i + 1 < cell.length() && cell.charAt(i + 1) == '\n';
        breaks += c == '\n' || (c == '\r' && !pair) ? 1 : 0;
      }
    }
    return breaks;
  }

  private void begin(CSVRecord first, long line) {
    header =
        switch (format.header()) {
          case YES -> true;
          case NO -> false;
          case AUTO -> namesColumns(first);
        };
    Map<String, CsvColumn> byName = new HashMap<>();
    for (int i = 0; i < first.size(); i++) {
      CsvColumn column = new CsvColumn(header ? first.get(i).strip() : "", i + 1);
      CsvColumn same = column.isNamed() ? byName.put(column.name(), column) : null;
      if (same != null) {
        throw new DataException(
            file
                + ", line "
                + line
                + ": "
                + same.label()
                + " and "
                + column.label()
                + " have the same name.\nRename one; or, if that line is data: --header no");
      }
      columns.add(column);
    }
  }

  private static boolean namesColumns(CSVRecord first) {
    boolean text = false;
    for (String cell : first) {
      String value = cell.strip();
      if (!value.isEmpty() && (CsvCells.isMissing(value) || CsvCells.isNumber(value))) {
        return false;
      }
      text |= !value.isEmpty();
    }
    return text;
  }

  private DataException tooLarge(Throwable cause) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s does not fit Java's memory of %.1f GB: line %d is as far as it went.%nTake fewer rows"
                + " or columns, or give Java more: SGN_JAVA_OPTS=-Xmx8g",
            file,
            mostBytes / (double) (1 << 30),
            lastLine),
        cause);
  }

  private DataException explained(IOException e) {
    if (e instanceof CharacterCodingException) {
      return new DataException(
          file + " is not a text in UTF-8.\nSave it as CSV in UTF-8, from a spreadsheet, say.", e);
    }
    if (e instanceof CSVException) {
      return new DataException(
          file
              + ", line "
              + (lastLine + 1)
              + ": a quoted value does not end with its closing quote, or at all.\nQuotes within a"
              + " quoted value are doubled: \"\"",
          e);
    }
    if (e instanceof EOFException) {
      return new DataException(file + " is cut short: its compressed data have no end.", e);
    }
    String reason = IoReasons.of(e).replaceFirst("\\.$", "");
    return new DataException("Cannot read " + file + ": " + reason + ".", e);
  }
}
