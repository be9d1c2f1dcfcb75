package io.github.sgn4j.examples.data;

import java.util.Optional;

/**
 * Standardises numbers: (x - mean) / deviation, with the mean and the deviation (of the population:
 * divided by n) of the numbers that are there in the train part, in double precision. A missing
 * number becomes 0, which is the mean.
 *
 * <p>Numbers are divided by the largest of them first, so that no square overflows or vanishes.
 *
 * @param scale largest absolute value of the train part
 * @param scaledMean mean in units of the scale
 * @param scaledDeviation deviation in units of the scale, above 0
 */
record NumberEncoder(double scale, double scaledMean, double scaledDeviation)
    implements ColumnEncoder {

  /** An encoder for the numbers of these rows; nothing if they are all the same, or all missing. */
  static Optional<NumberEncoder> fit(CsvColumn column, int[] rows) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    long count = 0;
    for (int row : rows) {
      double value = column.value(row);
      if (!Double.isNaN(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
        count++;
      }
    }
    // == and not compare: 0 and -0 are the same number.
    if (count == 0 || least == most) {
      return Optional.empty();
    }
    double scale = Math.max(Math.abs(least), Math.abs(most));
    double sum = 0;
    for (int row : rows) {
      double value = column.value(row);
      sum += Double.isNaN(value) ? 0 : value / scale;
    }
    double mean = sum / count;
    double squares = 0;
    for (int row : rows) {
      double difference = column.value(row) / scale - mean;
      squares += Double.isNaN(difference) ? 0 : difference * difference;
    }
    return Optional.of(new NumberEncoder(scale, mean, Math.sqrt(squares / count)));
  }

  /** Mean of the train part. */
  double mean() {
    return scale * scaledMean;
  }

  /** Deviation of the train part. */
  double deviation() {
    return scale * scaledDeviation;
  }

  double standardised(double value) {
    return (value / scale - scaledMean) / scaledDeviation;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void check(CsvTable table, CsvColumn column) {
    if (!column.isNumeric()) {
      throw table.wrong(
          column.firstTextLine(),
          column,
          CsvCells.quoted(column.firstText())
              + " is not a number.\nThe train part has numbers alone in this column.");
    }
    table.requireFinite(column);
  }

  @Override
  public void encode(
      CsvTable table, CsvColumn column, int row, double[] into, int at, TabularNotes notes) {
    double value = column.value(row);
    if (Double.isNaN(value)) {
      notes.missingNumber(column);
      return;
    }
    into[at] = standardised(value);
    if (!Float.isFinite((float) into[at])) {
      throw table.wrong(
          table.lines().of(row), column, value + " is too far from the mean, " + mean() + ".");
    }
  }
}
