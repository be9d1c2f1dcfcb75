package io.github.sgn4j.examples.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Finds out what stands between a table's values: the delimiter by which most of the first records
 * have as many values as the first one, and more than one. Where several do equally well, tab goes
 * before semicolon, and that before comma, which may be a decimal comma.
 */
final class CsvDelimiter {

  private static final char[] CANDIDATES = {'\t', ';', ','};
  private static final char FALLBACK = ',';
  private static final int SAMPLE = 1 << 16;
  private static final int MOST_RECORDS = 100;

  private CsvDelimiter() {}

  /** How this project reads tables, with that delimiter. */
  static CSVFormat format(char delimiter) {
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(delimiter)
        .setIgnoreSurroundingSpaces(true)
        .setIgnoreEmptyLines(true)
        .get();
  }

  /** Looks ahead; the reader stands where it stood before. */
  static char detect(BufferedReader reader) throws IOException {
    char[] start = new char[SAMPLE];
    reader.mark(SAMPLE + 1);
    int length = 0;
    int read = 0;
    while (read >= 0 && length < SAMPLE) {
      length += read;
      read = reader.read(start, length, SAMPLE - length);
    }
    boolean whole = read < 0;
    reader.reset();

    String sample = new String(start, 0, length);
    char best = FALLBACK;
    double agreement = 0;
    for (char candidate : CANDIDATES) {
      double share = agreement(widths(sample, candidate, whole));
      if (share > agreement) {
        best = candidate;
        agreement = share;
      }
    }
    return best;
  }

  /** The share of records that are as wide as the first, if that is more than one value wide. */
  private static double agreement(List<Integer> widths) {
    if (widths.isEmpty() || widths.get(0) < 2) {
      return 0;
    }
    int first = widths.get(0);
    return (double) widths.stream().filter(width -> width == first).count() / widths.size();
  }

  /** Numbers of values, up to where the quotes fit; a record that the sample cuts is left out. */
  private static List<Integer> widths(String sample, char delimiter, boolean whole)
      throws IOException {
    List<Integer> widths = new ArrayList<>();
    boolean complete = whole;
    try (CSVParser parser = CSVParser.parse(new StringReader(sample), format(delimiter))) {
      for (CSVRecord record : parser) {
        widths.add(record.size());
        if (widths.size() > MOST_RECORDS) {
          break;
        }
      }
    } catch (UncheckedIOException e) {
      // What did not fit is not among the widths.
      complete = true;
    }
    if (!complete && widths.size() > 1) {
      widths.remove(widths.size() - 1);
    }
    return widths;
  }
}
