package io.github.sgn4j.samediff;

import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A small network through some op.
 *
 * @param name tells the op and what is special
 * @param output builds the network; samples along the first dimension
 * @param reference what its vector-Jacobian product can be compared with
 */
record RuleCase(String name, Function<Net, SDVariable> output, Reference reference) {

  /** What is known about SameDiff's own gradients of the op. */
  enum Reference {
    /** Exact. */
    SAMEDIFF,
    /** Off, or failing: the inner products with J v, which finite differences confirm, must do. */
    FINITE_DIFFERENCES,
    /** The op computes in single precision whatever the network's. */
    SINGLE
  }

  static RuleCase of(String name, Function<Net, SDVariable> output) {
    return new RuleCase(name, output, Reference.SAMEDIFF);
  }

  /** SameDiff's gradient cannot be taken as the truth. */
  static RuleCase withoutSameDiff(String name, Function<Net, SDVariable> output) {
    return new RuleCase(name, output, Reference.FINITE_DIFFERENCES);
  }

  static RuleCase inSingle(String name, Function<Net, SDVariable> output) {
    return new RuleCase(name, output, Reference.SINGLE);
  }

  @Override
  public String toString() {
    return name;
  }
}
