package io.github.sgn4j.examples.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Which rows of a table are trained on and which are the test part, each in the table's order. */
final class RowSplit {

  /** The split depends on this and the number of rows alone, not on a run's seed. */
  static final long SEED = 1;

  private final int[] train;
  private final int[] test;

  private RowSplit(int[] train, int[] test) {
    this.train = train;
    this.test = test;
  }

  /** All rows of two tables, of that many rows. */
  static RowSplit whole(int train, int test) {
    return new RowSplit(all(train), all(test));
  }

  /**
   * Draws a test part: {@code fraction} of the rows, rounded, but at least one in each part.
   *
   * @param rows at least 2
   * @param fraction between 0 and 1
   */
  static RowSplit random(int rows, double fraction) {
    int[] order = all(rows);
    Random random = new Random(SEED);
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    int count = (int) Math.max(1, Math.min(rows - 1L, Math.round(fraction * rows)));
    int[] test = Arrays.copyOf(order, count);
    int[] train = Arrays.copyOfRange(order, count, rows);
    Arrays.sort(test);
    Arrays.sort(train);
    return new RowSplit(train, test);
  }

  /** Row numbers of the train part, from 0. */
  int[] train() {
    return train;
  }

  /** Row numbers of the test part, from 0; of another table where there is one of its own. */
  int[] test() {
    return test;
  }

  private static int[] all(int rows) {
    return IntStream.range(0, rows).toArray();
  }
}
