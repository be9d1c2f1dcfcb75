package io.github.sgn4j.examples.data;

/**
 * How a table of comma-separated values is written.
 *
 * @param header whether its first line names the columns
 * @param delimiter what stands between values; null to find out which of comma, semicolon and tab
 */
public record CsvFormat(Header header, Character delimiter) {

  /** Both found out from the file. */
  public static final CsvFormat DETECTED = new CsvFormat(Header.AUTO, null);

  /** Whether the first line names the columns. */
  public enum Header {
    /** It does, unless one of its values is a number or marks a missing one. */
    AUTO,
    /** It does. */
    YES,
    /** It holds data. */
    NO
  }
}
