package io.github.sgn4j.examples.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as 512m or 2g, in units of 1024, as Java's own options have them. */
final class MemorySize implements ITypeConverter<Long> {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmg]?)");
  private static final long LEAST = 1 << 20;

  @Override
  public Long convert(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a size; write a whole number and m or g, such as 512m or 2g.");
    }
    int shift =
        switch (matcher.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    long number = Long.parseLong(matcher.group(1));
    if (number > Long.MAX_VALUE >> shift || number << shift < LEAST) {
      throw new TypeConversionException(text + " is out of range; it must be at least 1m.");
    }
    return number << shift;
  }
}
