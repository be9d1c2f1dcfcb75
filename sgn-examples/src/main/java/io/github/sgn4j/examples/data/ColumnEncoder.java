package io.github.sgn4j.examples.data;

/**
 * Turns a column's values into a network's inputs. Made from the rows of the train part, used on
 * both parts.
 */
interface ColumnEncoder {

  /** Number of inputs that the column becomes. */
  int width();

  /**
   * Checks that a column of another file can be encoded.
   *
   * @throws DataException if its values are of another kind
   */
  void check(CsvTable table, CsvColumn column);

  /**
   * Encodes a value of a checked column.
   *
   * @param into row of inputs, written from {@code at} on; zeros there until now
   * @param notes told of values that are missing or unknown
   * @throws DataException if the value fits no single-precision number
   */
  void encode(CsvTable table, CsvColumn column, int row, double[] into, int at, TabularNotes notes);
}
