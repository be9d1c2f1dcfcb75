package io.github.sgn4j.examples.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A user's own table as a data set.
 *
 * <p>Features: columns of numbers are standardised, (x - mean) / deviation, columns of texts become
 * an input for each different text; constant columns are left out. The target is standardised for
 * regression, so that a mean squared error of 1 is that of predicting the mean, and becomes a class
 * number for classification. Means, deviations and texts are those of the train part alone; only
 * the list of classes is that of the whole table. Unless there is a test file, the test part is
 * drawn at random, always the same one.
 *
 * @param data the two parts
 * @param notes what was done without being asked for, and what losses mean: lines for the user
 * @param description what a run's configuration should tell of it
 */
public record TabularData(TrainTest data, List<String> notes, Map<String, Object> description) {

  /**
   * Reads and encodes a table.
   *
   * @param type FLOAT or DOUBLE
   * @throws DataException if a file cannot be read, or holds what cannot be used; the message names
   *     file, line and column
   */
  public static TabularData read(TabularOptions options, DataType type) {
    CsvTable table = CsvTable.read(options.csv(), options.format());
    int target = table.find(options.target());
    List<Integer> unused = unused(table, target, options);
    if (table.rows() < 2) {
      throw new DataException(options.csv() + " has one row of data; it takes two or more.");
    }
    CsvTable test = table;
    RowSplit split;
    if (options.testCsv() == null) {
      split = RowSplit.random(table.rows(), options.testFraction());
    } else {
      test = CsvTable.read(options.testCsv(), options.format()).alignedTo(table, unused);
      split = RowSplit.whole(table.rows(), test.rows());
    }
    return encode(table, test, split, target, unused, options, type);
  }

  private static List<Integer> unused(CsvTable table, int target, TabularOptions options) {
    List<Integer> unused = new ArrayList<>();
    for (String name : options.ignored()) {
      int column = table.find(name);
      if (column == target) {
        throw new DataException(
            options.csv() + ", " + table.column(column).label() + " is both target and ignored.");
      }
      unused.add(column);
    }
    return unused;
  }

  private static TabularData encode(
      CsvTable table,
      CsvTable test,
      RowSplit split,
      int target,
      List<Integer> unused,
      TabularOptions options,
      DataType type) {
    TabularNotes notes = new TabularNotes();
    TabularTarget goal =
        TabularTarget.fit(table, table.column(target), split.train(), options.task());
    INDArray trainTargets = goal.encode(table, table.column(target), split.train(), type);
    INDArray testTargets = goal.encode(test, test.column(target), split.test(), type);
    note(notes, goal, table.column(target), trainTargets, options);

    List<Integer> features = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (i != target && !unused.contains(i)) {
        features.add(i);
      }
    }
    TabularEncoder encoder = TabularEncoder.fit(table, features, split.train(), notes);
    Samples train = new Samples(encoder.encode(table, split.train(), type, notes), trainTargets);
    Samples tested = new Samples(encoder.encode(test, split.test(), type, notes), testTargets);

    Map<String, Object> description = describe(table, test, target, unused, options);
    description.put("train_rows", split.train().length);
    description.put("test_rows", split.test().length);
    description.put("numeric_columns", encoder.numericColumns());
    description.put("text_columns", encoder.textColumns());
    description.put("inputs", encoder.width());
    goal.describe(description);
    return new TabularData(
        new TrainTest(options.task(), goal.outputs(), train, tested), notes.lines(), description);
  }

  private static void note(
      TabularNotes notes,
      TabularTarget goal,
      CsvColumn target,
      INDArray trainTargets,
      TabularOptions options) {
    if (goal.labels() == null) {
      double deviation = goal.scaling().deviation();
      notes.add(
          String.format(
              Locale.ROOT,
              "losses are those of the standardised target; times %.6g they are mean squared errors"
                  + " of %s.",
              deviation * deviation,
              CsvCells.quoted(target.name())));
      return;
    }
    int[] count = new int[goal.labels().size()];
    for (int label : trainTargets.toIntVector()) {
      count[label]++;
    }
    List<String> names = goal.labels().names();
    List<String> untrained = new ArrayList<>();
    for (int i = 0; i < count.length; i++) {
      if (count[i] == 0) {
        untrained.add(CsvCells.quoted(names.get(i)));
      }
    }
    if (names.size() - untrained.size() < 2) {
      throw new DataException(
          options.csv()
              + ": the train part has one class only, the others fell into the test part.\nAdd rows,"
              + " or choose a smaller --test-fraction.");
    }
    if (!untrained.isEmpty()) {
      notes.add(
          CsvCells.count(untrained.size(), "class has", "classes have")
              + " rows in the test part alone and will not be learned: "
              + String.join(", ", untrained.subList(0, Math.min(5, untrained.size())))
              + (untrained.size() > 5 ? ", ..." : "."));
    }
  }

  private static Map<String, Object> describe(
      CsvTable table, CsvTable test, int target, List<Integer> unused, TabularOptions options) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("csv", options.csv().toString());
    description.put("task", options.task().name().toLowerCase(Locale.ROOT));
    description.put("target", table.column(target).name());
    description.put("header", table.header());
    description.put("delimiter", String.valueOf(table.delimiter()));
    description.put("ignored", unused.stream().map(column -> table.column(column).name()).toList());
    if (options.testCsv() != null) {
      description.put("test_csv", test.file().toString());
    } else {
      description.put("test_fraction", options.testFraction());
      description.put("split_seed", RowSplit.SEED);
    }
    return description;
  }
}
