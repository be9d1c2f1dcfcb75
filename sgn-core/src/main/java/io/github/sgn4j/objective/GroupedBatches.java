package io.github.sgn4j.objective;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A source's batches in groups of some that follow each other, for {@link AccumulatingObjective}s;
 * the last group of an epoch holds what is left.
 *
 * <p>A source's batches are valid until the next one is asked for, so that the parts of a group are
 * copies ({@link Batch#copy}): the samples of one group are held in memory once more. Their storage
 * is used again from group to group.
 */
public final class GroupedBatches implements BatchSource {

  private final BatchSource batches;
  private final int groupSize;

  /**
   * Groups.
   *
   * @param batches of a kind that can be copied
   * @param groupSize batches in each group, at least 1
   * @throws IllegalArgumentException if it is not positive
   */
  public GroupedBatches(BatchSource batches, int groupSize) {
    this.batches = Objects.requireNonNull(batches, "batches");
    if (groupSize < 1) {
      throw new IllegalArgumentException("groups of " + groupSize + " batches: must be at least 1");
    }
    this.groupSize = groupSize;
  }

  @Override
  public int batchesPerEpoch() {
    return (int) (((long) batches.batchesPerEpoch() + groupSize - 1) / groupSize);
  }

  @Override
  public Iterator<Batch> epoch(int epoch) {
    return group(batches.epoch(epoch));
  }

  @Override
  public Iterator<Batch> epoch(int epoch, int firstBatch) {
    if (firstBatch < 0 || firstBatch > batchesPerEpoch()) {
      // Not known, or refused there.
      return BatchSource.super.epoch(epoch, firstBatch);
    }
    long first = Math.min((long) firstBatch * groupSize, batches.batchesPerEpoch());
    return group(batches.epoch(epoch, (int) first));
  }

  private Iterator<Batch> group(Iterator<Batch> source) {
    return new Iterator<>() {
      private List<Batch> last = List.of();

      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has no further batch");
        }
        List<Batch> parts = new ArrayList<>(groupSize);
        while (parts.size() < groupSize && source.hasNext()) {
          Batch spare = parts.size() < last.size() ? last.get(parts.size()) : null;
          parts.add(source.next().copy(spare));
        }
        last = parts;
        return BatchGroup.of(parts);
      }
    };
  }
}
