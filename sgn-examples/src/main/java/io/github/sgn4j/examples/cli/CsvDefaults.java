package io.github.sgn4j.examples.cli;

import java.util.List;

/** What {@code mlp --csv} does where nobody asks for anything else. */
final class CsvDefaults {

  /** Widths of the hidden layers. */
  static final List<Integer> LAYERS = List.of(32, 32);

  /** Four to five steps each for small tables. */
  static final int EPOCHS = 30;

  private static final int PARTS = 4;
  private static final int LEAST = 32;
  private static final int MOST = 1000;

  private CsvDefaults() {}

  /**
   * A quarter of the train part, as in the published runs on Boston, since Gauss-Newton steps are
   * worth more on large batches; at most the 1000 of the published runs on larger sets.
   */
  static int batchSize(int trainSize) {
    return Math.min(MOST, Math.max(LEAST, trainSize / PARTS));
  }
}
