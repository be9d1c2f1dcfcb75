package io.github.sgn4j.objective;

import java.util.Iterator;

/** Mini-batches, epoch by epoch. */
public interface BatchSource {

  /**
   * The batches of one epoch. The same epoch number gives the same batches, bit for bit, whatever
   * was asked before. A batch is valid until the iterator is asked for the next one.
   *
   * @param epoch counted from 0
   */
  Iterator<Batch> epoch(int epoch);

  /**
   * The batches of one epoch from one of them on, for runs that are resumed within an epoch. Here
   * the ones before are made and dropped; a source that knows a quicker way does it.
   *
   * @param epoch counted from 0
   * @param firstBatch counted from 0; the number of batches gives none
   * @throws IllegalArgumentException if it is negative or the epoch has fewer batches
   */
  default Iterator<Batch> epoch(int epoch, int firstBatch) {
    if (firstBatch < 0) {
      throw new IllegalArgumentException("first batch " + firstBatch + ": must be at least 0");
    }
    Iterator<Batch> batches = epoch(epoch);
    for (int i = 0; i < firstBatch; i++) {
      if (!batches.hasNext()) {
        throw new IllegalArgumentException(
            "first batch " + firstBatch + ": epoch " + epoch + " has only " + i + " batches");
      }
      batches.next();
    }
    return batches;
  }

  /** Number of batches in every epoch; 0 where that is not known beforehand. */
  default int batchesPerEpoch() {
    return 0;
  }
}
