package io.github.sgn4j.objective;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Mini-batches of numbered samples in an order that is drawn anew for every epoch, from the seed
 * and the epoch's number. The last batch of an epoch holds what is left. The order is the same
 * whatever the samples are made of.
 */
public final class ShuffledBatches implements BatchSource {

  /** Makes batches of samples. */
  @FunctionalInterface
  public interface Gatherer {

    /**
     * The batch of samples {@code order[start]} to {@code order[start + count - 1]}, in that order.
     * It may share memory with the batch made before.
     *
     * @param order of all samples, counted from 0; read only
     * @param start first one
     * @param count at least 1
     */
    Batch gather(int[] order, int start, int count);
  }

  private final int samples;
  private final int batchSize;
  private final long seed;
  private final Gatherer gatherer;

  /**
   * Batches.
   *
   * @param samples number of samples, at least 1
   * @param batchSize at least 1; more than there are samples means all of them
   * @param seed of the order
   * @param gatherer makes the batches
   * @throws IllegalArgumentException if a number is not positive
   */
  public ShuffledBatches(int samples, int batchSize, long seed, Gatherer gatherer) {
    if (samples < 1) {
      throw new IllegalArgumentException(samples + " samples: there must be at least 1");
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize + " must be at least 1");
    }
    this.samples = samples;
    this.batchSize = Math.min(batchSize, samples);
    this.seed = seed;
    this.gatherer = Objects.requireNonNull(gatherer, "gatherer");
  }

  @Override
  public int batchesPerEpoch() {
    return (int) (((long) samples + batchSize - 1) / batchSize);
  }

  @Override
  public Iterator<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  @Override
  public Iterator<Batch> epoch(int epoch, int firstBatch) {
    if (firstBatch < 0 || firstBatch > batchesPerEpoch()) {
      throw new IllegalArgumentException(
          "first batch " + firstBatch + ": an epoch has " + batchesPerEpoch() + " batches");
    }
    // Mixed first: neighbouring seeds would give shifted pieces of one sequence.
    long mixed = new SplittableRandom(seed).nextLong();
    int[] order = permutation(new SplittableRandom(mixed + epoch));
    return new Iterator<>() {
      private int start = (int) Math.min((long) firstBatch * batchSize, order.length);

      @Override
      public boolean hasNext() {
        return start < order.length;
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has no further batch");
        }
        int count = Math.min(batchSize, order.length - start);
        Batch batch = gatherer.gather(order, start, count);
        start += count;
        return batch;
      }
    };
  }

  /** Fisher-Yates. */
  private int[] permutation(SplittableRandom random) {
    int[] order = new int[samples];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
