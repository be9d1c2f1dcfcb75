package io.github.sgn4j.samediff;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.nd.RowGather;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.ShuffledBatches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Samples held in arrays, the samples along the first dimension of each. Arrays that are contiguous
 * in 'c' order are not copied.
 */
public final class ArrayDataset {

  private final ArrayBatch all;

  private ArrayDataset(ArrayBatch all) {
    this.all = all;
  }

  /**
   * A data set of one input and one target array.
   *
   * @throws IllegalArgumentException if their sample counts differ
   */
  public static ArrayDataset of(INDArray inputs, INDArray targets) {
    return of(List.of(inputs), List.of(targets));
  }

  /** A data set of several input or target arrays. */
  public static ArrayDataset of(List<INDArray> inputs, List<INDArray> targets) {
    return new ArrayDataset(ArrayBatch.of(contiguous(inputs), contiguous(targets)));
  }

  private static List<INDArray> contiguous(List<INDArray> arrays) {
    return arrays.stream().map(a -> HostArray.isContiguous(a) ? a : a.dup('c')).toList();
  }

  /** Number of samples. */
  public int size() {
    return all.size();
  }

  /** All samples as one batch. */
  public ArrayBatch all() {
    return all;
  }

  /**
   * Mini-batches in an order that is drawn anew for every epoch, from the seed and the epoch's
   * number. The last batch of an epoch holds what is left. Each batch is valid until the next one
   * is asked for: their arrays are reused.
   *
   * @param batchSize at least 1; larger than the data set means all of it
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public BatchSource batches(int batchSize, long seed) {
    // Two sizes at most: the full batches' and that of the last one.
    Map<Integer, Buffers> buffers = new HashMap<>();
    return new ShuffledBatches(
        size(),
        batchSize,
        seed,
        (order, start, count) -> buffers.computeIfAbsent(count, Buffers::new).gather(order, start));
  }

  /** Arrays of one batch size that samples are copied to. */
  private final class Buffers {
    private final List<RowGather> inputs = new ArrayList<>();
    private final List<RowGather> targets = new ArrayList<>();

    Buffers(int count) {
      all.inputs().forEach(array -> inputs.add(rows(array, count)));
      all.targets().forEach(array -> targets.add(rows(array, count)));
    }

    private static RowGather rows(INDArray array, int count) {
      long[] shape = array.shape().clone();
      shape[0] = count;
      return new RowGather(array, Backend.allocate(array.dataType(), shape));
    }

    ArrayBatch gather(int[] order, int start) {
      return ArrayBatch.of(
          inputs.stream().map(g -> g.gather(order, start)).toList(),
          targets.stream().map(g -> g.gather(order, start)).toList());
    }
  }
}
