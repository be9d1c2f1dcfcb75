package io.github.sgn4j.examples.data;

import io.github.sgn4j.examples.IoReasons;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Boston housing values: 506 districts, 13 features, the target is the median value of homes.
 * Bundled.
 *
 * <p><b>Use it for nothing but comparison.</b> The feature {@code black} was built on the racist
 * assumption that house prices depend on the share of Black residents. The data serve here only to
 * put this library beside the published runs, which used them.
 *
 * <p>Split and scaling are those of the published runs: Keras's 404/102 split in Keras's order; all
 * train features divided by one number, the maximum of the whole train matrix, train targets by
 * their maximum; the test features and targets by their own maxima.
 */
public final class BostonData {

  private static final int ROWS = 506;
  private static final int FEATURES = 13;
  private static final String TARGET = "medv";

  private BostonData() {}

  /**
   * The copy that comes with this library.
   *
   * @param type FLOAT or DOUBLE
   */
  public static TrainTest bundled(DataType type) {
    try (BufferedReader reader = resource("boston.csv")) {
      return scale(parse(reader, "the bundled boston.csv"), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A copy on disk: the same 506 rows in the same order, comma-separated, with a header line and
   * the target {@code medv} last.
   *
   * @param type FLOAT or DOUBLE
   * @throws DataException if the file cannot be read or is something else
   */
  public static TrainTest read(Path csv, DataType type) {
    try (BufferedReader reader = Files.newBufferedReader(csv)) {
      return scale(parse(reader, csv.toString()), type);
    } catch (CharacterCodingException e) {
      throw wrong(csv.toString(), "it is not a text file", e);
    } catch (IOException e) {
      throw new DataException("Cannot read " + csv + ": " + IoReasons.of(e) + ".", e);
    }
  }

  private static double[][] parse(BufferedReader reader, String name) throws IOException {
    String header = reader.readLine();
    if (header == null) {
      throw wrong(name, "it is empty", null);
    }
    String[] columns = header.strip().split(",", -1);
    if (columns.length != FEATURES + 1 || !columns[FEATURES].replace("\"", "").equals(TARGET)) {
      throw wrong(
          name, "line 1 should name " + FEATURES + " features and then \"" + TARGET + "\"", null);
    }
    List<double[]> rows = new ArrayList<>(ROWS);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!line.isBlank()) {
        rows.add(row(line, rows.size() + 2, name));
      }
    }
    if (rows.size() != ROWS) {
      throw wrong(name, "it has " + rows.size() + " data rows instead of " + ROWS, null);
    }
    return rows.toArray(double[][]::new);
  }

  private static double[] row(String line, int number, String name) {
    String[] fields = line.strip().split(",", -1);
    if (fields.length != FEATURES + 1) {
      throw wrong(
          name,
          "line " + number + " has " + fields.length + " values instead of " + (FEATURES + 1),
          null);
    }
    double[] values = new double[fields.length];
    for (int i = 0; i < fields.length; i++) {
      try {
        values[i] = Double.parseDouble(fields[i]);
      } catch (NumberFormatException e) {
        throw wrong(name, "line " + number + ": \"" + fields[i] + "\" is not a number", e);
      }
      if (!Double.isFinite(values[i])) {
        throw wrong(name, "line " + number + ": " + fields[i] + " is not finite", null);
      }
    }
    return values;
  }

  private static DataException wrong(String name, String what, Throwable cause) {
    return new DataException(
        name
            + " is not the Boston data set: "
            + what
            + ".\nRemove the file: the data set comes with the program.",
        cause);
  }

  private static TrainTest scale(double[][] rows, DataType type) {
    List<double[]> train = new ArrayList<>();
    List<double[]> test = new ArrayList<>();
    for (SplitRow row : split()) {
      (row.train() ? train : test).add(rows[row.index()]);
    }
    return new TrainTest(Task.REGRESSION, 1, scaled(train, type), scaled(test, type));
  }

  /** Divides features and targets by their maxima, one number each for the whole matrix. */
  private static Samples scaled(List<double[]> rows, DataType type) {
    double featureMaximum = Double.NEGATIVE_INFINITY;
    double targetMaximum = Double.NEGATIVE_INFINITY;
    for (double[] row : rows) {
      for (int j = 0; j < FEATURES; j++) {
        featureMaximum = Math.max(featureMaximum, row[j]);
      }
      targetMaximum = Math.max(targetMaximum, row[FEATURES]);
    }
    double[][] inputs = new double[rows.size()][FEATURES];
    double[][] targets = new double[rows.size()][1];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < FEATURES; j++) {
        inputs[i][j] = rows.get(i)[j] / featureMaximum;
      }
      targets[i][0] = rows.get(i)[FEATURES] / targetMaximum;
    }
    return new Samples(
        Nd4j.createFromArray(inputs).castTo(type), Nd4j.createFromArray(targets).castTo(type));
  }

  private record SplitRow(int index, boolean train) {}

  /** Row numbers of the CSV, counted from 0, in Keras's order. */
  private static List<SplitRow> split() {
    try (BufferedReader reader = resource("boston-split.csv")) {
      return reader
          .lines()
          .skip(1)
          .map(line -> line.split(",", 2))
          .map(fields -> new SplitRow(Integer.parseInt(fields[0]), fields[1].equals("train")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader resource(String name) {
    InputStream stream = BostonData.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IllegalStateException(name + " is missing from the program's own jar");
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
