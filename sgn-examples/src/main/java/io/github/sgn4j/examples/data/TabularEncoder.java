package io.github.sgn4j.examples.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns a table's feature columns into a matrix of inputs: numbers standardised, texts one-hot, in
 * the order of the columns. Everything it knows comes from the rows of the train part.
 */
final class TabularEncoder {

  /** Off-heap array, and the one on the heap that it is made from. */
  private static final int COPIES = 2;

  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  /** A column, the inputs that it becomes, and where the first of them stands. */
  private record Input(int column, ColumnEncoder encoder, int at) {}

  private final List<Input> inputs = new ArrayList<>();
  private int width;

  private TabularEncoder() {}

  /**
   * Learns from the train part.
   *
   * @param features indices of the table's feature columns
   * @param rows of the train part
   * @param notes told of columns that are left out because they are constant
   * @throws DataException if a column cannot be encoded, or none is left
   */
  static TabularEncoder fit(
      CsvTable table, List<Integer> features, int[] rows, TabularNotes notes) {
    TabularEncoder all = new TabularEncoder();
    for (int index : features) {
      CsvColumn column = table.column(index);
      Optional<? extends ColumnEncoder> encoder;
      if (column.isNumeric()) {
        table.requireFinite(column);
        encoder = NumberEncoder.fit(column, rows);
      } else {
        encoder = Optional.of(CategoryEncoder.fit(table, column, rows)).filter(e -> e.width() > 1);
      }
      if (encoder.isPresent()) {
        all.inputs.add(new Input(index, encoder.get(), all.width));
        all.width = Math.addExact(all.width, encoder.get().width());
      } else {
        notes.dropped(column);
      }
    }
    if (all.inputs.isEmpty()) {
      throw new DataException(
          table.file()
              + " has no column to learn from: "
              + (features.isEmpty()
                  ? "there is none beside the target.\nIf there should be: is --delimiter right?"
                  : "each is the same in all rows of the train part."));
    }
    return all;
  }

  /** Number of inputs. */
  int width() {
    return width;
  }

  /** Number of columns that became inputs and hold numbers. */
  long numericColumns() {
    return inputs.stream().filter(input -> input.encoder() instanceof NumberEncoder).count();
  }

  /** Number of columns that became inputs and hold texts. */
  long textColumns() {
    return inputs.size() - numericColumns();
  }

  /**
   * Encodes rows.
   *
   * @param table the one that was learned from, or one with the same columns
   * @param notes told of missing and unknown values
   * @return [rows, width]
   * @throws DataException if values are of another kind, or they do not fit the memory
   */
  INDArray encode(CsvTable table, int[] rows, DataType type, TabularNotes notes) {
    requireMemory(table, rows.length, type, Runtime.getRuntime().maxMemory());
    inputs.forEach(input -> input.encoder().check(table, table.column(input.column())));
    boolean single = type == DataType.FLOAT;
    float[] floats = single ? new float[rows.length * width] : null;
    double[] doubles = single ? null : new double[rows.length * width];
    double[] into = new double[width];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(into, 0);
      for (Input input : inputs) {
        CsvColumn column = table.column(input.column());
        input.encoder().encode(table, column, rows[i], into, input.at(), notes);
      }
      for (int j = 0; j < width; j++) {
        if (single) {
          floats[i * width + j] = (float) into[j];
        } else {
          doubles[i * width + j] = into[j];
        }
      }
    }
    INDArray flat = single ? Nd4j.createFromArray(floats) : Nd4j.createFromArray(doubles);
    return flat.reshape(rows.length, width);
  }

  /** Refuses a matrix that fits no array, or not the memory. */
  void requireMemory(CsvTable table, int rows, DataType type, long memory) {
    double elements = (double) rows * width;
    double bytes = COPIES * elements * type.width();
    if (elements > MOST_ELEMENTS || bytes > memory) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %,d rows of %,d inputs take %.1f GB; Java's memory is %.1f, and an array ends at"
                  + " 2^31 values.%nTake fewer rows, leave out columns of many texts (--ignore), or"
                  + " give Java more: SGN_JAVA_OPTS=-Xmx8g",
              table.file(),
              rows,
              width,
              bytes / (1 << 30),
              memory / (double) (1 << 30)));
    }
  }
}
