package io.github.sgn4j.samediff;

import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A small network through some op.
 *
 * @param name tells the op and what is special
 * @param output builds the network; samples along the first dimension
 * @param reference builds the network that SameDiff computes values and gradients of: the same, or
 *     where SameDiff's own are wrong, an equal one of other ops with the parameters in the same
 *     order
 * @param fewestSamples that SameDiff can be asked about
 * @param single whether the op computes in single precision whatever the network's
 * @param kinks whether finite differences must be taken at tiny steps, as not to cross one
 */
record RuleCase(
    String name,
    Function<Net, SDVariable> output,
    Function<Net, SDVariable> reference,
    int fewestSamples,
    boolean single,
    boolean kinks) {

  static RuleCase of(String name, Function<Net, SDVariable> output) {
    return new RuleCase(name, output, output, 1, false, false);
  }

  /** SameDiff is asked about a network of other ops. */
  RuleCase as(Function<Net, SDVariable> equal) {
    return new RuleCase(name, output, equal, fewestSamples, single, kinks);
  }

  /** SameDiff fails for a batch of one sample. */
  RuleCase notForOneSample() {
    return new RuleCase(name, output, reference, 2, single, kinks);
  }

  RuleCase inSingle() {
    return new RuleCase(name, output, reference, fewestSamples, true, kinks);
  }

  /** There are many elements near kinks, as the windows of a max-pooling have. */
  RuleCase withKinks() {
    return new RuleCase(name, output, reference, fewestSamples, single, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
