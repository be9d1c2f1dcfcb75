package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.CsvFormat;
import io.github.sgn4j.examples.data.TabularOptions;
import io.github.sgn4j.examples.data.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code --csv}: a table of the user's own. */
final class CsvSettings {

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "A table in UTF-8, .gz too: features and a target in columns, values in quotes where"
              + " needed; missing values are empty, ?, NA or NaN. Numbers are standardised, texts"
              + " become an input for each different one.")
  Path file;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "What to predict: the name of a column, its number from 1, or last.")
  String target;

  @Option(
      names = "--task",
      paramLabel = "classification|regression",
      description = "Whether the target is a class (texts or numbers) or a quantity.")
  Task task;

  @Option(
      names = "--test-csv",
      paramLabel = "FILE",
      description = "The test part, with the same columns; in any order where both have names.")
  Path testFile;

  @Option(
      names = "--test-fraction",
      paramLabel = "NUMBER",
      converter = Ranges.Between.class,
      description =
          "Share of the rows that become the test part, drawn at random but the same for every"
              + " --seed, where there is no --test-csv. Default 0.2.")
  Double testFraction;

  @Option(
      names = "--ignore",
      arity = "1..*",
      paramLabel = "COLUMN...",
      hideParamSyntax = true,
      description = "Columns to leave out, named as the target is.")
  List<String> ignored;

  @Option(
      names = "--header",
      paramLabel = "auto|yes|no",
      defaultValue = "auto",
      description =
          "Whether the first line names the columns; auto: unless a number or ? is in it. Default"
              + " ${DEFAULT-VALUE}.")
  CsvFormat.Header header;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = Delimiter.class,
      description =
          "What stands between values: one character, or tab. Default: comma, semicolon or tab,"
              + " whichever fits.")
  Character delimiter;

  /** Whether the data are the user's own. */
  boolean chosen() {
    return file != null;
  }

  /**
   * Checks that what is needed is given, before anything is read.
   *
   * @throws InputException if not
   */
  void check() {
    requireName("--csv", file);
    requireName("--test-csv", testFile);
    if (target == null) {
      throw new InputException(
          "--csv needs --target COLUMN: its name, its number from 1, or last.");
    }
    if (task == null) {
      throw new InputException(
          "--csv needs --task classification (the target is a class) or --task regression (it is a"
              + " quantity).");
    }
    if (testFile != null && testFraction != null) {
      throw new InputException(
          "--test-csv and --test-fraction exclude each other: a test file is the test part.");
    }
  }

  private static void requireName(String option, Path path) {
    if (path != null && path.toString().isBlank()) {
      throw new InputException(option + " is empty; name a file.");
    }
  }

  /** Name of the file without its endings. */
  String name() {
    Path last = file.getFileName();
    String name = last == null ? "csv" : last.toString();
    String stem = name.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?i)\\.(csv|tsv|txt)$", "");
    return stem.isBlank() ? name : stem;
  }

  /** What is to be read, and how. */
  TabularOptions options() {
    return new TabularOptions(
        file,
        testFile,
        testFraction == null ? TabularOptions.TEST_FRACTION : testFraction,
        target,
        task,
        new CsvFormat(header, delimiter),
        ignored == null ? List.of() : ignored);
  }

  /** Reads a delimiter. */
  static final class Delimiter implements ITypeConverter<Character> {

    private static final Map<String, Character> NAMES = Map.of("tab", '\t', "\\t", '\t');

    @Override
    public Character convert(String text) {
      if (NAMES.containsKey(text)) {
        return NAMES.get(text);
      }
      if (text.length() != 1
          || Character.isLetterOrDigit(text.charAt(0))
          || Character.isSurrogate(text.charAt(0))
          || "\"\r\n.+-".contains(text)) {
        throw new TypeConversionException(
            "'"
                + text
                + "' cannot stand between values; name one character, such as , or ; or |, or tab.");
      }
      return text.charAt(0);
    }
  }
}
