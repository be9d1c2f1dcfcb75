package io.github.sgn4j.loss;

import io.github.sgn4j.nd.DoubleCopies;
import io.github.sgn4j.nd.HostArrays;
import io.github.sgn4j.objective.FlatVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A factor that computes in doubles on the heap, whatever the output's precision. */
abstract class HeapFactor implements LossFactor {

  final int samples;
  final int outputs;
  private final int columns;
  private final double[] values;
  private final double[] rows;
  private final HostArrays arrays = new HostArrays();
  private final DoubleCopies copies = new DoubleCopies();

  /**
   * A factor for these shapes.
   *
   * @param outputs entries of the output for each sample
   */
  HeapFactor(int samples, int outputs, int columns) {
    this.samples = samples;
    this.outputs = outputs;
    this.columns = columns;
    this.values = new double[Math.multiplyExact(samples, outputs)];
    this.rows = new double[Math.multiplyExact(samples, columns)];
  }

  /** result [samples, outputs] becomes column k of every sample. */
  abstract void column(int k, double[] result);

  /** result [samples, outputs] becomes S u, with u [samples, columns]. */
  abstract void multiply(double[] u, double[] result);

  /** result [samples, columns] becomes S^T t, with t [samples, outputs]. */
  abstract void multiplyTransposed(double[] t, double[] result);

  @Override
  public final int columns() {
    return columns;
  }

  @Override
  public final void column(int k, INDArray result) {
    column(k, values);
    write(result);
  }

  @Override
  public final void multiply(FlatVector u, int from, INDArray result) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = u.get(from + i);
    }
    multiply(rows, values);
    write(result);
  }

  @Override
  public final void multiplyTransposed(INDArray t, FlatVector result, int from) {
    copies.read(arrays.of(t), 0, values, 0, values.length);
    multiplyTransposed(values, rows);
    for (int i = 0; i < rows.length; i++) {
      result.set(from + i, rows[i]);
    }
  }

  private void write(INDArray result) {
    copies.write(values, 0, arrays.of(result), 0, values.length);
  }
}
