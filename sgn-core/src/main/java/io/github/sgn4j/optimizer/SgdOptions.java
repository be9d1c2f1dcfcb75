package io.github.sgn4j.optimizer;

import java.util.Objects;

/**
 * Options of stochastic gradient descent. Immutable; meaning, default, range and name in the
 * reference implementation stand at the {@link Builder}'s methods.
 */
public final class SgdOptions {

  private final double learningRate;
  private final double finalLearningRate;
  private final LearningRateSchedule schedule;
  private final int scheduleSteps;
  private final int stepLength;
  private final double reduction;
  private final double momentum;

  private SgdOptions(Builder builder, double finalLearningRate) {
    this.learningRate = builder.learningRate;
    this.finalLearningRate = finalLearningRate;
    this.schedule = builder.schedule;
    this.scheduleSteps = builder.scheduleSteps;
    this.stepLength = builder.stepLength;
    this.reduction = builder.reduction;
    this.momentum = builder.momentum;
  }

  /** A builder with the reference implementation's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** See {@link Builder#learningRate}. */
  public double learningRate() {
    return learningRate;
  }

  /** See {@link Builder#finalLearningRate}. */
  public double finalLearningRate() {
    return finalLearningRate;
  }

  /** See {@link Builder#schedule}. */
  public LearningRateSchedule schedule() {
    return schedule;
  }

  /** See {@link Builder#scheduleSteps}. */
  public int scheduleSteps() {
    return scheduleSteps;
  }

  /** See {@link Builder#stepLength}. */
  public int stepLength() {
    return stepLength;
  }

  /** See {@link Builder#reduction}. */
  public double reduction() {
    return reduction;
  }

  /** See {@link Builder#momentum}. */
  public double momentum() {
    return momentum;
  }

  /** The learning rate of that step, counted from 1. */
  public double learningRateAt(long step) {
    return switch (schedule) {
      case CONSTANT -> learningRate;
      case LINEAR -> {
        double slope = (finalLearningRate - learningRate) / (scheduleSteps - 1);
        yield Math.max(finalLearningRate, learningRate + slope * (step - 1));
      }
      case COSINE ->
          step > scheduleSteps
              ? finalLearningRate
              : Math.max(
                  finalLearningRate,
                  learningRate * Math.cos(Math.PI / 2 * ((double) step / scheduleSteps)));
      case STEP -> {
        long stairs = (step - 1) / stepLength;
        yield stairs == 0
            ? learningRate
            : Math.max(finalLearningRate, learningRate / stairs * reduction);
      }
    };
  }

  /** Collects options; {@link #build} checks them. */
  public static final class Builder {

    private static final double DEFAULT_FINAL_LEARNING_RATE = 1e-3;

    private double learningRate = 1e-3;
    private Double finalLearningRate;
    private LearningRateSchedule schedule = LearningRateSchedule.CONSTANT;
    private int scheduleSteps = 1000;
    private int stepLength = 10;
    private double reduction = 0.1;
    private double momentum = 0;

    private Builder() {}

    /** Initial learning rate. Default 1e-3; finite, above 0. Reference: LR0. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /**
     * Floor of the schedules and where they end. Default 1e-3, or the learning rate where that is
     * smaller; above 0, at most the learning rate. Reference: LR_K.
     */
    public Builder finalLearningRate(double value) {
      finalLearningRate = value;
      return this;
    }

    /** How the learning rate goes. Default CONSTANT. Reference: SCHEDULER. */
    public Builder schedule(LearningRateSchedule value) {
      schedule = Objects.requireNonNull(value, "schedule");
      return this;
    }

    /**
     * Last step of the linear and cosine schedules. Default 1000; at least 1, for the linear
     * schedule 2. Reference: K.
     */
    public Builder scheduleSteps(int value) {
      scheduleSteps = value;
      return this;
    }

    /** Steps on each stair of the step schedule. Default 10; at least 1. Reference: STEP. */
    public Builder stepLength(int value) {
      stepLength = value;
      return this;
    }

    /**
     * Factor of the step schedule after its first stair. Default 0.1; between 0 and 1. Reference:
     * REDUCTION.
     */
    public Builder reduction(double value) {
      reduction = value;
      return this;
    }

    /**
     * Weight mu of the past update: v = mu v + lr g, theta = theta - v. Default 0; at least 0,
     * below 1. Reference: MOMENTUM.
     */
    public Builder momentum(double value) {
      momentum = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public SgdOptions build() {
      Options.positive("learningRate", learningRate);
      double end =
          finalLearningRate == null
              ? Math.min(DEFAULT_FINAL_LEARNING_RATE, learningRate)
              : finalLearningRate;
      Options.require(
          end > 0 && end <= learningRate,
          "finalLearningRate",
          end,
          "above 0 and at most learningRate = " + learningRate);
      Options.atLeast(
          schedule == LearningRateSchedule.LINEAR ? 2 : 1, "scheduleSteps", scheduleSteps);
      Options.atLeast(1, "stepLength", stepLength);
      Options.fraction("reduction", reduction);
      Options.belowOne("momentum", momentum);
      return new SgdOptions(this, end);
    }
  }
}
