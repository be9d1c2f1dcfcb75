package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.FlatVector;
import java.util.Objects;

/**
 * What an optimizer's next step depends on, apart from the batch. Immutable: vectors are copied in
 * and out.
 */
public final class OptimizerState {

  private final long stepCount;
  private final FlatVector theta;
  private final FlatVector memory;
  private final double damping;

  private OptimizerState(long stepCount, FlatVector theta, FlatVector memory, double damping) {
    this.stepCount = stepCount;
    this.theta = theta;
    this.memory = memory;
    this.damping = damping;
  }

  /**
   * A state of these values.
   *
   * @param stepCount steps done, 0 or more
   * @param theta the parameters; copied
   * @param memory what is averaged over steps: SGN's gradient average m, SGD's velocity, an
   *     updater's state; empty if the optimizer has none; copied
   * @param damping SGN's current damping; NaN for the others
   */
  public static OptimizerState of(
      long stepCount, FlatVector theta, FlatVector memory, double damping) {
    if (stepCount < 0) {
      throw new IllegalArgumentException("stepCount = " + stepCount + ": must be at least 0");
    }
    Objects.requireNonNull(theta, "theta");
    Objects.requireNonNull(memory, "memory");
    return new OptimizerState(stepCount, theta.copy(), memory.copy(), damping);
  }

  /** A state without memory and damping. */
  public static OptimizerState of(long stepCount, FlatVector theta) {
    return of(stepCount, theta, FlatVector.zeros(theta.precision(), 0), Double.NaN);
  }

  /** Steps done. */
  public long stepCount() {
    return stepCount;
  }

  /** The parameters; a copy. */
  public FlatVector theta() {
    return theta.copy();
  }

  /** What is averaged over steps, empty if there is none; a copy. */
  public FlatVector memory() {
    return memory.copy();
  }

  /** SGN's damping; NaN for other optimizers. */
  public double damping() {
    return damping;
  }

  // For restoring without a copy in between.

  FlatVector thetaView() {
    return theta;
  }

  FlatVector memoryView() {
    return memory;
  }

  /** Fails unless theta and the memory have this precision and these lengths. */
  void check(String optimizer, FlatVector expectedTheta, int memoryLength) {
    if (theta.precision() != expectedTheta.precision()
        || theta.length() != expectedTheta.length()
        || memory.precision() != expectedTheta.precision()
        || memory.length() != memoryLength) {
      throw new IllegalArgumentException(
          String.format(
              "%s needs a state with theta of %d %s and memory of %d; this one has %d %s and %d %s;"
                  + " take the state from an optimizer of the same kind and options",
              optimizer,
              expectedTheta.length(),
              expectedTheta.precision(),
              memoryLength,
              theta.length(),
              theta.precision(),
              memory.length(),
              memory.precision()));
    }
  }
}
