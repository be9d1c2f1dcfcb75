package io.github.sgn4j.examples.data;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What is to be predicted: the classes of a target column, or its numbers, standardised as features
 * are. Exactly one of the two is not null.
 *
 * @param labels of a classification
 * @param scaling of a regression
 */
record TabularTarget(ClassLabels labels, NumberEncoder scaling) {

  /**
   * Learns from a table: classes from all of it, mean and deviation from the train part.
   *
   * @param rows of the train part
   * @throws DataException if a value is missing, is not finite or no number where it has to be one,
   *     or if the target is the same everywhere
   */
  static TabularTarget fit(CsvTable table, CsvColumn column, int[] rows, Task task) {
    requireComplete(table, column);
    if (task == Task.CLASSIFICATION) {
      return new TabularTarget(ClassLabels.of(table, column), null);
    }
    requireNumbers(table, column);
    NumberEncoder scaling =
        NumberEncoder.fit(column, rows)
            .orElseThrow(
                () ->
                    table.wrong(
                        column,
                        "the target is the same in all rows of the train part: there is nothing to"
                            + " learn."));
    return new TabularTarget(null, scaling);
  }

  private static void requireComplete(CsvTable table, CsvColumn column) {
    if (column.missing() == 0) {
      return;
    }
    throw table.wrong(
        column.firstMissingLine(),
        column,
        "the target is missing"
            + (column.missing() > 1 ? ", and in " + (column.missing() - 1) + " more rows" : "")
            + ".\nRemove the rows without a target.");
  }

  private static void requireNumbers(CsvTable table, CsvColumn column) {
    if (!column.isNumeric()) {
      throw table.wrong(
          column.firstTextLine(),
          column,
          CsvCells.quoted(column.firstText())
              + " is not a number, which a regression's target has to be.\nDid you mean --task"
              + " classification?");
    }
    table.requireFinite(column);
  }

  /** Width of the network's output. */
  int outputs() {
    return labels == null ? 1 : labels.size();
  }

  /**
   * Encodes rows of a table.
   *
   * @return [rows] class numbers (INT), or [rows, 1] standardised numbers
   * @throws DataException if a value is missing, of a class that is unknown, or no number
   */
  INDArray encode(CsvTable table, CsvColumn column, int[] rows, DataType type) {
    requireComplete(table, column);
    if (labels != null) {
      int[] classes = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        classes[i] = labels.classOf(table, column, rows[i]);
      }
      return Nd4j.createFromArray(classes);
    }
    requireNumbers(table, column);
    double[] values = new double[rows.length];
    double[] one = new double[1];
    TabularNotes none = new TabularNotes();
    for (int i = 0; i < rows.length; i++) {
      scaling.encode(table, column, rows[i], one, 0, none);
      values[i] = one[0];
    }
    return Nd4j.createFromArray(values).reshape(rows.length, 1).castTo(type);
  }

  /** Adds what is known of the target to a run's configuration. */
  void describe(Map<String, Object> config) {
    if (labels != null) {
      config.put("classes", labels.names());
    } else {
      config.put("target_mean", scaling.mean());
      config.put("target_deviation", scaling.deviation());
    }
  }
}
