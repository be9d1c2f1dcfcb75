package io.github.sgn4j.nd;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies rows of arrays of any type by their numbers. */
public final class RowGather {

  private final INDArray source;
  private final INDArray target;
  private final long rowBytes;
  private final BytePointer from;
  private final BytePointer to;

  /**
   * Copies from one array to another.
   *
   * @param source contiguous in 'c' order
   * @param target of the same type and row shape, contiguous in 'c' order
   */
  public RowGather(INDArray source, INDArray target) {
    this.source = source;
    this.target = target;
    this.rowBytes = source.length() / source.size(0) * source.dataType().width();
    boolean host = Backend.isHost();
    this.from = host ? new BytePointer(source.data().addressPointer()) : null;
    this.to = host ? new BytePointer(target.data().addressPointer()) : null;
  }

  /** Copies rows {@code numbers[start]} and the following to the target's rows, all of them. */
  public INDArray gather(int[] numbers, int start) {
    int rows = (int) target.size(0);
    for (int i = 0; i < rows; i++) {
      int row = numbers[start + i];
      if (from != null) {
        Pointer.memcpy(to.position(i * rowBytes), from.position(row * rowBytes), rowBytes);
      } else {
        RowViews.of(target, i, i + 1).assign(RowViews.of(source, row, row + 1));
      }
    }
    return target;
  }
}
