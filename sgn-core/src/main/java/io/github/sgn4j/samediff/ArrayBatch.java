package io.github.sgn4j.samediff;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.objective.Batch;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A mini-batch of arrays: one per input placeholder and one per target, in the order in which the
 * objective names them, the samples along the first dimension. The arrays are not copied and must
 * not change while the batch is used.
 */
public final class ArrayBatch implements Batch {

  private final List<INDArray> inputs;
  private final List<INDArray> targets;
  private final int size;

  private ArrayBatch(List<INDArray> inputs, List<INDArray> targets) {
    this.inputs = List.copyOf(inputs);
    this.targets = List.copyOf(targets);
    this.size = check();
  }

  /** A batch of one input and one target. */
  public static ArrayBatch of(INDArray input, INDArray target) {
    return new ArrayBatch(List.of(input), List.of(target));
  }

  /**
   * A batch of several inputs or targets.
   *
   * @throws IllegalArgumentException if there is no input, or sample counts differ
   */
  public static ArrayBatch of(List<INDArray> inputs, List<INDArray> targets) {
    return new ArrayBatch(inputs, targets);
  }

  private int check() {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one input");
    }
    long samples = samples(inputs.get(0));
    for (INDArray array : inputs) {
      requireSamples(array, samples);
    }
    for (INDArray array : targets) {
      requireSamples(array, samples);
    }
    return Math.toIntExact(samples);
  }

  private static long samples(INDArray array) {
    if (array.rank() == 0 || array.isEmpty()) {
      throw new IllegalArgumentException("a batch's arrays need samples along dimension 0");
    }
    return array.size(0);
  }

  private static void requireSamples(INDArray array, long samples) {
    if (samples(array) != samples) {
      throw new IllegalArgumentException(
          "the arrays of a batch hold " + samples + " and " + samples(array) + " samples");
    }
  }

  /** The inputs in order. */
  public List<INDArray> inputs() {
    return inputs;
  }

  /** The targets in order. */
  public List<INDArray> targets() {
    return targets;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ArrayBatch samples(int from, int to) {
    if (from < 0 || from >= to || to > size) {
      throw new IndexOutOfBoundsException(
          "samples " + from + " to " + to + " of a batch of " + size);
    }
    return new ArrayBatch(samples(inputs, from, to), samples(targets, from, to));
  }

  @Override
  public ArrayBatch copy(Batch spare) {
    ArrayBatch storage = spare instanceof ArrayBatch arrays ? arrays : null;
    // A new batch even on old storage: objectives tell batches by identity.
    return new ArrayBatch(
        copies(inputs, storage == null ? List.of() : storage.inputs),
        copies(targets, storage == null ? List.of() : storage.targets));
  }

  private static List<INDArray> copies(List<INDArray> arrays, List<INDArray> storage) {
    List<INDArray> copies = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      INDArray array = arrays.get(i);
      INDArray copy = i < storage.size() ? storage.get(i) : null;
      if (copy == null || copy.dataType() != array.dataType() || !copy.equalShapes(array)) {
        copy = Backend.allocate(array.dataType(), array.shape());
      }
      copies.add(copy.assign(array));
    }
    return copies;
  }

  private static List<INDArray> samples(List<INDArray> arrays, int from, int to) {
    return arrays.stream().map(array -> BoundBatch.samples(array, from, to)).toList();
  }
}
