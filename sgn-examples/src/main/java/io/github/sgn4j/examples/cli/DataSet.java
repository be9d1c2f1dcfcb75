package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.BostonData;
import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.MnistData;
import io.github.sgn4j.examples.data.SineData;
import io.github.sgn4j.examples.data.TrainTest;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The choices of {@code mlp --dataset}, each with what the published runs did: layers and batch
 * size. Epochs are ours: enough for SGN to get most of the way.
 */
enum DataSet {
  BOSTON(101, 26),
  SINE(1000, 100),
  MNIST(1000, 10),
  FASHION(1000, 10);

  /** The points are the same for every run: a run's own seed only shuffles. */
  private static final long SINE_SEED = 1;

  private final int batchSize;
  private final int epochs;

  DataSet(int batchSize, int epochs) {
    this.batchSize = batchSize;
    this.epochs = epochs;
  }

  /** Widths of the hidden layers. */
  List<Integer> layers() {
    return this == BOSTON ? List.of(100, 100) : List.of(20, 20, 20);
  }

  /** Samples per step. */
  int batchSize() {
    return batchSize;
  }

  /** Epochs where neither epochs nor seconds are asked for. */
  int epochs() {
    return epochs;
  }

  /** Reads or makes the data. */
  TrainTest load(DataFolder folder, double sineFrequency, DataType type) {
    return switch (this) {
      case BOSTON ->
          folder
              .file("boston", "boston.csv")
              .map(file -> BostonData.read(file, type))
              .orElseGet(() -> BostonData.bundled(type));
      case SINE -> SineData.generate(sineFrequency, SINE_SEED, type);
      case MNIST -> MnistData.MNIST.rows(folder, type);
      case FASHION -> MnistData.FASHION.rows(folder, type);
    };
  }
}
