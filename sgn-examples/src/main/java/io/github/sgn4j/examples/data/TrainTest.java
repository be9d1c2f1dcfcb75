package io.github.sgn4j.examples.data;

/**
 * A data set in its two parts, scaled and ready for a network.
 *
 * @param task classification or regression
 * @param outputs width of the network's output: number of classes, or of target columns
 * @param train what is trained on
 * @param test what is only evaluated
 */
public record TrainTest(Task task, int outputs, Samples train, Samples test) {

  /** Number of features, the width of the network's input. */
  public int features() {
    return (int) train.inputs().size(1);
  }
}
