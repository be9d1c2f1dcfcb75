package io.github.sgn4j.examples.model;

import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** A network that can be built in either precision, always with the same initial weights. */
public interface Network {

  /** In a few words, such as "MLP 784-20-20-20-10". */
  String description();

  /** Number of trainable parameters. */
  long parameterCount();

  /** Name of the model's input placeholder. */
  String input();

  /** Name of the model's output variable. */
  String output();

  /** Names of the trainable variables, from the input up. */
  String[] parameterNames();

  /** Seed of the initial weights. */
  long initialSeed();

  /**
   * A new model with its initial weights.
   *
   * @param type FLOAT or DOUBLE
   */
  SameDiff build(DataType type);
}
