package io.github.sgn4j.examples.cli;

import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers of options and checks their range, so that an error names the option. */
final class Ranges {

  private Ranges() {}

  private static double real(String text, DoublePredicate valid, String range) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a number; it must be " + range + ".");
    }
    if (!Double.isFinite(value) || !valid.test(value)) {
      throw new TypeConversionException(text + " is out of range; it must be " + range + ".");
    }
    return value;
  }

  private static long whole(String text, LongPredicate valid, String range) {
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a whole number; it must be " + range + ".");
    }
    if (!valid.test(value)) {
      throw new TypeConversionException(text + " is out of range; it must be " + range + ".");
    }
    return value;
  }

  /** A finite number, 0 or more. */
  static final class NonNegative implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, x -> x >= 0, "a finite number, 0 or more");
    }
  }

  /** A finite number above 0. */
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, x -> x > 0, "a finite number above 0");
    }
  }

  /** From 0 to 1, both included. */
  static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, x -> x >= 0 && x <= 1, "a number from 0 to 1");
    }
  }

  /** From 0 included to 1 excluded. */
  static final class BelowOne implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, x -> x >= 0 && x < 1, "a number of at least 0 and below 1");
    }
  }

  /** Between 0 and 1, both excluded. */
  static final class Between implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return real(text, x -> x > 0 && x < 1, "a number above 0 and below 1");
    }
  }

  /** A whole number, 1 or more. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, n -> n >= 1 && n <= Integer.MAX_VALUE, "a whole number, 1 or more");
    }
  }

  /** A whole number, 0 or more. */
  static final class CountOrZero implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, n -> n >= 0 && n <= Integer.MAX_VALUE, "a whole number, 0 or more");
    }
  }

  /** A seed: a whole number, 0 or more, up to 63 bits. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, n -> n >= 0, "a whole number, 0 or more");
    }
  }
}
