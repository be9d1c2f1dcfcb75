package io.github.sgn4j.examples.data;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.ArrayDataset;
import java.util.List;

/**
 * A data set in its two parts, scaled and ready for a network.
 *
 * @param task classification or regression
 * @param outputs width of the network's output: number of classes, or of target columns
 * @param train what is trained on
 * @param test what is only evaluated
 */
public record TrainTest(Task task, int outputs, Samples train, Samples test)
    implements TrainingData {

  /** Number of features, the width of the network's input. */
  public int features() {
    return (int) train.inputs().size(1);
  }

  @Override
  public int trainSize() {
    return train.size();
  }

  @Override
  public int testSize() {
    return test.size();
  }

  @Override
  public BatchSource trainBatches(int batchSize, long seed) {
    return ArrayDataset.of(train.inputs(), train.targets()).batches(batchSize, seed);
  }

  /** All of it as one batch, which is in memory anyway. */
  @Override
  public Iterable<Batch> testBatches(int most) {
    return List.of(ArrayBatch.of(test.inputs(), test.targets()));
  }
}
