package io.github.sgn4j.training;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * All that the rest of a training run depends on, between two steps: what {@link
 * Trainer.Builder#resume} needs to go on, bit for bit, as if nothing had happened. Data, model and
 * options are not in it; the batch source gives the same batches for the same epoch again.
 *
 * <p>Immutable: vectors and bytes are copied in and out.
 */
public final class Checkpoint {

  private final String optimizer;
  private final OptimizerState state;
  private final ParameterSpace parameters;
  private final TrainingPosition position;
  private final double averaging;
  private final long averageCount;
  private final FlatVector average;
  private final int keptEpoch;
  private final FlatVector kept;
  private final Map<String, byte[]> attachments;

  private Checkpoint(Builder builder) {
    optimizer = builder.optimizer;
    state = builder.state;
    parameters = builder.parameters;
    position = builder.position;
    averaging = builder.averaging;
    averageCount = builder.averageCount;
    average = builder.average;
    keptEpoch = builder.keptEpoch;
    kept = builder.kept;
    attachments = new LinkedHashMap<>(builder.attachments);
  }

  /**
   * Starts a checkpoint.
   *
   * @param optimizer the optimizer's name
   * @param state all of its state
   * @param parameters the layout of theta
   * @param position how far the run has come
   * @throws IllegalArgumentException if theta does not go with the layout
   */
  public static Builder builder(
      String optimizer,
      OptimizerState state,
      ParameterSpace parameters,
      TrainingPosition position) {
    return new Builder(optimizer, state, parameters, position);
  }

  /** The optimizer's name, such as SGN. */
  public String optimizer() {
    return optimizer;
  }

  /** The optimizer's state. */
  public OptimizerState state() {
    return state;
  }

  /** Names and shapes of the parameters, in their order within theta. */
  public ParameterSpace parameters() {
    return parameters;
  }

  /** The precision of the parameters. */
  public Precision precision() {
    return state.precision();
  }

  /** How far the run has come. */
  public TrainingPosition position() {
    return position;
  }

  /** Exponent of the iterates' average; 0 if none is kept. */
  public double averaging() {
    return averaging;
  }

  /** Iterates in the average, theta_0 not counted. */
  public long averageCount() {
    return averageCount;
  }

  /** The iterates' average in double precision, a copy; null if none is kept. */
  public FlatVector average() {
    return average == null ? null : average.copy();
  }

  /** The epoch whose solution was kept ({@link TrainingControl#keepSolution}); 0 for none. */
  public int keptEpoch() {
    return keptEpoch;
  }

  /** That solution, a copy; null for none. */
  public FlatVector kept() {
    return kept == null ? null : kept.copy();
  }

  /** What listeners carry on, by their names; a copy. */
  public Map<String, byte[]> attachments() {
    Map<String, byte[]> copies = new LinkedHashMap<>();
    attachments.forEach((name, bytes) -> copies.put(name, bytes.clone()));
    return copies;
  }

  /** Collects a checkpoint. */
  public static final class Builder {

    private final String optimizer;
    private final OptimizerState state;
    private final ParameterSpace parameters;
    private final TrainingPosition position;
    private double averaging;
    private long averageCount;
    private FlatVector average;
    private int keptEpoch;
    private FlatVector kept;
    private final Map<String, byte[]> attachments = new LinkedHashMap<>();

    private Builder(
        String optimizer,
        OptimizerState state,
        ParameterSpace parameters,
        TrainingPosition position) {
      this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
      this.state = Objects.requireNonNull(state, "state");
      this.parameters = Objects.requireNonNull(parameters, "parameters");
      this.position = Objects.requireNonNull(position, "position");
      requireLength("theta", state.dimension());
    }

    /**
     * The iterates' average. Default: none.
     *
     * @param eta its exponent, above 0
     * @param count iterates in it, 0 or more
     * @param value in double precision; copied
     */
    public Builder average(double eta, long count, FlatVector value) {
      requireLength("the average", value.length());
      if (!(eta > 0 && eta < Double.POSITIVE_INFINITY)
          || count < 0
          || value.precision() != Precision.DOUBLE) {
        throw new IllegalArgumentException(
            String.format(
                "no average: exponent %s, %d iterates, %s", eta, count, value.precision()));
      }
      averaging = eta;
      averageCount = count;
      average = value.copy();
      return this;
    }

    /**
     * The solution that was kept. Default: none.
     *
     * @param epoch the epoch that it was judged after, counted from 1
     * @param value in the parameters' precision; copied
     */
    public Builder kept(int epoch, FlatVector value) {
      requireLength("the kept solution", value.length());
      if (epoch < 1 || value.precision() != state.precision()) {
        throw new IllegalArgumentException(
            String.format("no kept solution: epoch %d, %s", epoch, value.precision()));
      }
      keptEpoch = epoch;
      kept = value.copy();
      return this;
    }

    /** What a listener of that name carries on; copied. */
    public Builder attachment(String name, byte[] bytes) {
      attachments.put(Objects.requireNonNull(name, "name"), bytes.clone());
      return this;
    }

    /** The checkpoint. */
    public Checkpoint build() {
      return new Checkpoint(this);
    }

    private void requireLength(String what, int length) {
      if (length != parameters.dimension()) {
        throw new IllegalArgumentException(
            String.format(
                "%s has %d elements, the parameters %d", what, length, parameters.dimension()));
      }
    }
  }
}
