package io.github.sgn4j.training;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Trains with an optimizer on the batches of a source, for so many epochs or seconds.
 *
 * <p>The trained parameters are handed to the model before listeners are called, at the end, and
 * when the run ends with an exception. The numbers depend on the optimizer, the source and its seed
 * alone, not on the clock or the listeners, but for how far a time limit lets it come and for
 * schedules that follow it.
 */
public final class Trainer {

  private final Optimizer optimizer;
  private final BatchSource batches;
  private final int epochs;
  private final double maxSeconds;
  private final ModelEvaluation evaluation;
  private final List<TrainingListener> listeners;
  private final double averaging;
  private final LongSupplier nanoClock;

  private Trainer(Builder builder) {
    optimizer = builder.optimizer;
    batches = builder.batches;
    epochs = builder.epochs;
    maxSeconds = builder.maxSeconds;
    evaluation = builder.evaluation;
    listeners = List.copyOf(builder.listeners);
    averaging = Double.isNaN(builder.averaging) ? optimizer.averaging() : builder.averaging;
    nanoClock = builder.nanoClock;
  }

  /** A builder for a run of that optimizer on these batches. */
  public static Builder builder(Optimizer optimizer, BatchSource batches) {
    return new Builder(optimizer, batches);
  }

  /**
   * Trains. A second call trains on from where the first one ended, on the same epochs' batches.
   *
   * @throws io.github.sgn4j.optimizer.NonFiniteException if a step meets NaN or infinity; the model
   *     holds the parameters from before that step
   * @throws IllegalStateException if an epoch has no batches
   */
  public TrainingResult run() {
    TrainingResult result;
    try {
      result = new Run().train();
    } catch (Throwable failure) {
      try {
        publish(optimizer.theta());
      } catch (RuntimeException | Error second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
    publish(result.solution());
    return result;
  }

  private void publish(FlatVector theta) {
    optimizer.objective().publish(theta);
  }

  /** The state of one run. */
  private final class Run {

    private final List<EpochReport> reports = new ArrayList<>();
    private final AveragedSolution solution = new AveragedSolution(optimizer, batches, averaging);
    private long steps;
    private long trainingNanos;
    private int perEpoch = batches.batchesPerEpoch();

    TrainingResult train() {
      int done = 0;
      while (done < epochs && hasTime() && trainEpoch(done + 1)) {
        done++;
      }
      return new TrainingResult(
          reports,
          steps,
          seconds(),
          done == epochs ? EndReason.EPOCHS : EndReason.TIME_LIMIT,
          solution.theta(),
          optimizer.theta(),
          solution.average());
    }

    /** The first step is done whatever the limit: shuffling alone may exceed it. */
    private boolean hasTime() {
      return steps == 0 || seconds() < maxSeconds;
    }

    /** Whether the epoch was completed. */
    private boolean trainEpoch(int epoch) {
      long start = nanoClock.getAsLong();
      Iterator<Batch> iterator = batches.epoch(epoch - 1);
      boolean more = iterator.hasNext();
      trainingNanos += nanoClock.getAsLong() - start;
      if (!more) {
        throw new IllegalStateException(
            "epoch " + epoch + " has no batches; check the batch source's data and batch size");
      }
      double lossSum = 0;
      double metricSum = 0;
      int count = 0;
      while (more && hasTime()) {
        start = nanoClock.getAsLong();
        optimizer.progress(progress(epoch - 1, count));
        StepReport report = optimizer.step(iterator.next());
        solution.add();
        more = iterator.hasNext();
        trainingNanos += nanoClock.getAsLong() - start;
        lossSum += report.lossBefore();
        metricSum += report.metric();
        count++;
        steps++;
        if (!listeners.isEmpty()) {
          publish(optimizer.theta());
          listeners.forEach(listener -> listener.onStep(report, epoch));
        }
      }
      if (count > 0) {
        finishEpoch(epoch, lossSum / count, metricSum / count, count, !more);
      }
      if (perEpoch == 0) {
        perEpoch = count;
      }
      return !more;
    }

    private void finishEpoch(int epoch, double loss, double metric, int count, boolean complete) {
      solution.choose(epoch);
      Evaluation evaluated = evaluation.evaluate(solution.theta());
      EpochReport report =
          new EpochReport(
              epoch, loss, metric, evaluated, solution.isAverage(), seconds(), count, complete);
      reports.add(report);
      if (!listeners.isEmpty()) {
        publish(solution.theta());
        listeners.forEach(listener -> listener.onEpoch(report));
      }
    }

    /** The share of the budget that is used up before a step. */
    private double progress(int epochsDone, int stepsOfEpoch) {
      double inEpoch = perEpoch > 0 ? (double) stepsOfEpoch / perEpoch : 0;
      return Math.min(1, Math.max((epochsDone + inEpoch) / epochs, seconds() / maxSeconds));
    }

    private double seconds() {
      return trainingNanos * 1e-9;
    }
  }

  /** Describes a run. At least one of epochs and seconds must be given. */
  public static final class Builder {

    private final Optimizer optimizer;
    private final BatchSource batches;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private int epochs = Integer.MAX_VALUE;
    private double maxSeconds = Double.POSITIVE_INFINITY;
    private ModelEvaluation evaluation = theta -> new Evaluation(Double.NaN, Double.NaN);
    private double averaging = Double.NaN;
    private LongSupplier nanoClock = System::nanoTime;

    private Builder(Optimizer optimizer, BatchSource batches) {
      this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
      this.batches = Objects.requireNonNull(batches, "batches");
    }

    /** Ends the run after so many epochs, at least 1. Default: only the time ends it. */
    public Builder epochs(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("option epochs = " + value + ": must be at least 1");
      }
      epochs = value;
      return this;
    }

    /**
     * Ends the run after the step with which batches and steps have taken so many seconds; above 0.
     * Evaluation and listeners do not count. Default: only the epochs end it.
     */
    public Builder maxSeconds(double value) {
      if (!(value > 0)) {
        throw new IllegalArgumentException("option maxSeconds = " + value + ": must be above 0");
      }
      maxSeconds = value;
      return this;
    }

    /** Judges the parameters after each epoch. Default: nothing does. */
    public Builder evaluation(ModelEvaluation value) {
      evaluation = Objects.requireNonNull(value, "evaluation");
      return this;
    }

    /**
     * Exponent of the polynomial-decay average of the iterates ({@link
     * io.github.sgn4j.optimizer.IterateAverage}): where the average's loss on up to ten training
     * batches is lower than the last iterate's, it is what is evaluated after an epoch and handed
     * to the model. 0 for none. Default: what the optimizer says of itself.
     */
    public Builder averaging(double value) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "option averaging = " + value + ": must be finite and at least 0");
      }
      averaging = value;
      return this;
    }

    /** Adds a listener; they are called in the order of adding. */
    public Builder listener(TrainingListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Another monotonic clock, in nanoseconds, for tests. */
    Builder nanoClock(LongSupplier value) {
      nanoClock = value;
      return this;
    }

    /**
     * The trainer.
     *
     * @throws IllegalArgumentException if neither epochs nor seconds end the run
     */
    public Trainer build() {
      if (epochs == Integer.MAX_VALUE && maxSeconds == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("give epochs or maxSeconds: nothing would end the run");
      }
      return new Trainer(this);
    }
  }
}
