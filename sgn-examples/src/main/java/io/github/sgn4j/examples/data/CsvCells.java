package io.github.sgn4j.examples.data;

import java.util.Locale;

/** What the text of a value means, and how it is shown. */
final class CsvCells {

  private static final int MOST_SHOWN = 40;

  /** Up to here every whole number is a double of its own. */
  private static final double WHOLE_NUMBERS = 1e15;

  private CsvCells() {}

  /** Whether a value is missing: empty, ?, NA, or NaN in any case. */
  static boolean isMissing(String text) {
    return text.isEmpty() || text.equals("?") || text.equals("NA") || text.equalsIgnoreCase("NaN");
  }

  /**
   * Whether a value is a number: decimal, with or without sign and exponent, or infinite. Java's
   * own reader takes more, such as 1f and 0x1p3, which in a table are texts.
   */
  static boolean isNumber(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int whole = digits(text, start);
    int end = whole;
    int count = whole - start;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(text, whole + 1);
      count += end - whole - 1;
    }
    if (count == 0) {
      return isInfinity(text.substring(start));
    }
    if (end == text.length()) {
      return true;
    }
    if (text.charAt(end) != 'e' && text.charAt(end) != 'E') {
      return false;
    }
    int exponent = end + 1;
    if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
      exponent++;
    }
    return exponent < text.length() && digits(text, exponent) == text.length();
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isInfinity(String text) {
    return text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("infinity");
  }

  /** The value of a text that is a number; infinite beyond the range of double. */
  static double number(String text) {
    if (text.charAt(text.length() - 1) > '9') {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(text);
  }

  /** One text for each number, however it was written: 1, 1.0 and 1e0 are 1. */
  static String canonical(double number) {
    return number == Math.rint(number) && Math.abs(number) < WHOLE_NUMBERS
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** In quotes, on one line, cut where it is long. */
  static String quoted(String text) {
    String shown =
        text.length() <= MOST_SHOWN
            ? text
            : text.substring(0, text.offsetByCodePoints(0, cut(text))) + "...";
    return "\"" + shown.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]", " ") + "\"";
  }

  private static int cut(String text) {
    return Math.min(MOST_SHOWN, text.codePointCount(0, text.length()));
  }

  /** Such as "1 row" and "2 rows". */
  static String count(long number, String singular, String plural) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? singular : plural);
  }
}
