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

  /** Number of batches in every epoch; 0 where that is not known beforehand. */
  default int batchesPerEpoch() {
    return 0;
  }
}
