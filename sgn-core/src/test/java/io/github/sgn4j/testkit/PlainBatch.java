package io.github.sgn4j.testkit;

import io.github.sgn4j.objective.Batch;
import java.util.Arrays;

/** A batch of plain arrays. */
public final class PlainBatch implements Batch {

  private final double[][] inputs;
  private final double[][] targets;

  /**
   * A batch of these arrays, not copied.
   *
   * @param inputs samples x inputs
   * @param targets samples x outputs; one-hot for classes
   */
  public PlainBatch(double[][] inputs, double[][] targets) {
    this.inputs = inputs;
    this.targets = targets;
  }

  /** Samples x inputs. */
  public double[][] inputs() {
    return inputs;
  }

  /** Samples x outputs. */
  public double[][] targets() {
    return targets;
  }

  @Override
  public int size() {
    return inputs.length;
  }

  @Override
  public PlainBatch samples(int from, int to) {
    return new PlainBatch(
        Arrays.copyOfRange(inputs, from, to), Arrays.copyOfRange(targets, from, to));
  }
}
