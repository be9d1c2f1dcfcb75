package io.github.sgn4j.examples.data;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;

/** A data set in its two parts as a training run sees it. */
public interface TrainingData {

  /** Classification or regression. */
  Task task();

  /** Width of a network's output: number of classes, or of target columns. */
  int outputs();

  /** Number of samples to train on. */
  int trainSize();

  /** Number of samples to judge the result by. */
  int testSize();

  /**
   * The train part in shuffled mini-batches, each valid until the next one is asked for.
   *
   * @param batchSize at least 1
   * @param seed of the order
   */
  BatchSource trainBatches(int batchSize, long seed);

  /**
   * The test part in batches, each valid until the next one is asked for.
   *
   * @param most samples in one, where the set is large enough for that to save memory
   */
  Iterable<Batch> testBatches(int most);
}
