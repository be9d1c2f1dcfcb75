package io.github.sgn4j.examples.data;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be made of a table.
 *
 * @param csv the table
 * @param testCsv the test part; null to take rows of the table
 * @param testFraction share of the rows that are the test part, between 0 and 1; without a meaning
 *     where there is a test file
 * @param target name of the target column, or its number from 1, or {@code last}
 * @param task what the target is
 * @param format of both files
 * @param ignored columns that are left out, named as the target is
 */
public record TabularOptions(
    Path csv,
    Path testCsv,
    double testFraction,
    String target,
    Task task,
    CsvFormat format,
    List<String> ignored) {

  /** Share of the rows that are the test part where nobody asks for another. */
  public static final double TEST_FRACTION = 0.2;

  /** Takes a copy of the list. */
  public TabularOptions {
    ignored = List.copyOf(ignored);
  }
}
