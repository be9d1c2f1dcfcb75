package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What an optimizer's next step depends on, apart from the batch. Immutable: vectors are copied in
 * and out.
 */
public final class OptimizerState {

  private final long stepCount;
  private final FlatVector theta;
  private final FlatVector memory;
  private final double[] damping;
  private final String dampingPolicy;
  private final String optimizer;
  private final Map<String, FlatVector> vectors;
  private final Map<String, Long> counts;

  private OptimizerState(Builder builder) {
    stepCount = builder.stepCount;
    theta = builder.theta;
    memory = builder.memory;
    damping = builder.damping;
    dampingPolicy = builder.dampingPolicy;
    optimizer = builder.optimizer;
    vectors = new LinkedHashMap<>(builder.vectors);
    counts = new LinkedHashMap<>(builder.counts);
  }

  /**
   * A state of these values.
   *
   * @param stepCount steps done, 0 or more
   * @param theta the parameters; copied
   * @param memory what is averaged over steps: SGN's gradient average m, SGD's velocity, an
   *     updater's state; empty if the optimizer has none; copied
   * @param damping what SGN's damping policy carries, its current damping first; nothing for the
   *     others
   */
  public static OptimizerState of(
      long stepCount, FlatVector theta, FlatVector memory, double... damping) {
    return builder(stepCount, theta).memory(memory).damping(damping).build();
  }

  /** A state without memory and damping. */
  public static OptimizerState of(long stepCount, FlatVector theta) {
    return builder(stepCount, theta).build();
  }

  /**
   * Starts a state.
   *
   * @param stepCount steps done, 0 or more
   * @param theta the parameters; copied
   */
  public static Builder builder(long stepCount, FlatVector theta) {
    if (stepCount < 0) {
      throw new IllegalArgumentException("stepCount = " + stepCount + ": must be at least 0");
    }
    Objects.requireNonNull(theta, "theta");
    return new Builder(stepCount, theta.copy());
  }

  /** Steps done. */
  public long stepCount() {
    return stepCount;
  }

  /** The precision of theta. */
  public Precision precision() {
    return theta.precision();
  }

  /** Number of elements of theta. */
  public int dimension() {
    return theta.length();
  }

  /** The parameters; a copy. */
  public FlatVector theta() {
    return theta.copy();
  }

  /** What is averaged over steps, empty if there is none; a copy. */
  public FlatVector memory() {
    return memory.copy();
  }

  /** SGN's current damping; NaN for other optimizers. */
  public double damping() {
    return damping.length == 0 ? Double.NaN : damping[0];
  }

  /** All that SGN's damping policy carries; empty for other optimizers; a copy. */
  public double[] dampingMemory() {
    return damping.clone();
  }

  /** What carries these numbers, such as TrustRegionDamping; empty if that is not known. */
  public String dampingPolicy() {
    return dampingPolicy;
  }

  /** Name of the optimizer that it is of; empty if that is not known. */
  public String optimizer() {
    return optimizer;
  }

  /** Further vectors by name, such as the last step for warm starts; copies. */
  public Map<String, FlatVector> vectors() {
    Map<String, FlatVector> copies = new LinkedHashMap<>();
    vectors.forEach((name, vector) -> copies.put(name, vector.copy()));
    return copies;
  }

  /** Further counts by name; a copy. */
  public Map<String, Long> counts() {
    return new LinkedHashMap<>(counts);
  }

  // For restoring without a copy in between.

  FlatVector thetaView() {
    return theta;
  }

  FlatVector memoryView() {
    return memory;
  }

  FlatVector vectorView(String name) {
    return vectors.get(name);
  }

  long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /**
   * Fails if this is known to be another optimizer's state, or unless theta and the memory have
   * this precision and these lengths.
   */
  void check(String optimizer, FlatVector expectedTheta, int memoryLength) {
    if (!this.optimizer.isEmpty() && !this.optimizer.equals(optimizer)) {
      throw new IllegalArgumentException(
          String.format(
              "%s does not go on from a state of %s; take the state from an optimizer of the same"
                  + " kind and options",
              optimizer, this.optimizer));
    }
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

  /** Fails if the damping's numbers are known to be another policy's. */
  void checkDampingPolicy(String optimizer, String expected) {
    if (!dampingPolicy.isEmpty() && !dampingPolicy.equals(expected)) {
      throw new IllegalArgumentException(
          String.format(
              "%s with %s does not go on from a state of %s; take the state from an optimizer of"
                  + " the same kind and options",
              optimizer, expected, dampingPolicy));
    }
  }

  /** Fails if there is a vector of that name which is not like the expected one. */
  void check(String optimizer, String name, FlatVector expected) {
    FlatVector found = vectors.get(name);
    if (found != null
        && (found.length() != expected.length() || found.precision() != expected.precision())) {
      throw new IllegalArgumentException(
          String.format(
              "%s needs a state whose %s has %d elements of %s; this one has %d of %s; take the"
                  + " state from an optimizer of the same kind and options",
              optimizer,
              name,
              expected.length(),
              expected.precision(),
              found.length(),
              found.precision()));
    }
  }

  /** Collects a state. */
  public static final class Builder {

    private final long stepCount;
    private final FlatVector theta;
    private FlatVector memory;
    private double[] damping = {};
    private String dampingPolicy = "";
    private String optimizer = "";
    private final Map<String, FlatVector> vectors = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    private Builder(long stepCount, FlatVector theta) {
      this.stepCount = stepCount;
      this.theta = theta;
      this.memory = FlatVector.zeros(theta.precision(), 0);
    }

    /** What is averaged over steps; copied. Default: empty. */
    public Builder memory(FlatVector value) {
      memory = Objects.requireNonNull(value, "memory").copy();
      return this;
    }

    /** What the damping policy carries. Default: nothing. */
    public Builder damping(double... value) {
      damping = value.clone();
      return this;
    }

    /** What carries them; another policy refuses the state. Default: unknown, any takes it. */
    public Builder dampingPolicy(String name) {
      dampingPolicy = Objects.requireNonNull(name, "name");
      return this;
    }

    /** Whose state it is; others refuse it. Default: unknown, any whose sizes fit takes it. */
    public Builder optimizer(String name) {
      optimizer = Objects.requireNonNull(name, "name");
      return this;
    }

    /** A further vector; copied. */
    public Builder vector(String name, FlatVector value) {
      vectors.put(Objects.requireNonNull(name, "name"), value.copy());
      return this;
    }

    /** A further count. */
    public Builder count(String name, long value) {
      counts.put(Objects.requireNonNull(name, "name"), value);
      return this;
    }

    /** The state. */
    public OptimizerState build() {
      return new OptimizerState(this);
    }
  }
}
