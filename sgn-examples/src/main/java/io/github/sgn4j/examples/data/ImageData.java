package io.github.sgn4j.examples.data;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Images to be classified, in two parts. They stay bytes in memory: only the images of a batch are
 * standardised (see {@link ImageSet}) numbers, [N, height, width, channels].
 *
 * @param classes number of classes
 * @param train what is trained on
 * @param test what is only evaluated
 * @param type of the batches, FLOAT or DOUBLE
 */
public record ImageData(int classes, ImageSet train, ImageSet test, DataType type)
    implements TrainingData {

  @Override
  public Task task() {
    return Task.CLASSIFICATION;
  }

  @Override
  public int outputs() {
    return classes;
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
    return new ImageBatches(train, type).shuffled(batchSize, seed);
  }

  @Override
  public Iterable<Batch> testBatches(int most) {
    ImageBatches batches = new ImageBatches(test, type);
    return () -> batches.inOrder(most);
  }
}
