package io.github.sgn4j.objective;

/**
 * One mini-batch. An objective defines which implementations it takes.
 *
 * <p>A batch is immutable while anyone uses it: objectives keep what depends on the batch alone and
 * recognise a batch by identity.
 */
public interface Batch {

  /** Number of samples, at least 1. */
  int size();

  /**
   * Consecutive samples of this batch, as a batch that shares their storage.
   *
   * @param from the first, counted from 0
   * @param to the one after the last
   * @throws IndexOutOfBoundsException unless 0 &lt;= from &lt; to &lt;= size
   */
  Batch samples(int from, int to);

  /**
   * The same samples in storage of their own: valid when the source of this batch has gone on.
   *
   * @param spare a copy made before that nobody uses any more and whose storage may be taken where
   *     it fits; null for none
   * @throws UnsupportedOperationException if batches of this kind cannot be copied
   */
  default Batch copy(Batch spare) {
    throw new UnsupportedOperationException(
        "a " + getClass().getName() + " cannot be copied: it has no copy method of its own");
  }
}
