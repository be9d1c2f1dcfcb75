package io.github.sgn4j.training;

import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Trains with an optimizer on the batches of a source, for so many epochs or seconds.
 *
 * <p>The trained parameters are handed to the model before listeners are called, at the end, and
 * when the run ends with an exception. The numbers depend on the optimizer, the source, its seed
 * and the callbacks alone, not on the clock or the listeners, but for how far a time limit lets it
 * come and for schedules that follow it.
 *
 * <p>A run that was stopped at any step and goes on from its checkpoint ends, to the bit, as one
 * that was not, in another process as well.
 */
public final class Trainer {

  private final TrainingPlan plan;
  private Checkpoint resumed;
  private volatile boolean stopRequested;

  private Trainer(TrainingPlan plan, Checkpoint resumed) {
    this.plan = plan;
    this.resumed = resumed;
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
   * @throws IllegalArgumentException if the checkpoint to resume from has a state that the
   *     optimizer, or a listener, does not take; neither has changed then
   * @throws java.io.UncheckedIOException if a checkpoint cannot be saved
   */
  public TrainingResult run() {
    TrainingResult result;
    try {
      TrainingRun run = new TrainingRun(plan, () -> stopRequested);
      if (resumed != null) {
        run.resume(resumed);
        resumed = null;
      }
      result = run.train();
    } catch (Throwable failure) {
      try {
        publish(plan.optimizer().theta());
      } catch (RuntimeException | Error second) {
        failure.addSuppressed(second);
      }
      throw failure;
    } finally {
      stopRequested = false;
    }
    publish(result.solution());
    return result;
  }

  /**
   * Ends the run that is going on, or else the next one, after the step that it is doing: for other
   * threads, on Ctrl-C for instance. The run's checkpoint is saved; the epoch that it is in is not
   * evaluated or reported, and the last iterate, or what a callback kept ({@link
   * TrainingControl#keepSolution}), is handed out, since whoever calls this is in a hurry.
   * Listeners who have time call {@link TrainingControl#stop}.
   */
  public void requestStop() {
    stopRequested = true;
  }

  private void publish(FlatVector theta) {
    plan.optimizer().objective().publish(theta);
  }

  /** Describes a run. At least one of epochs and seconds must be given. */
  public static final class Builder {

    private final Optimizer optimizer;
    private final BatchSource batches;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private final List<TrainingCallback> callbacks = new ArrayList<>();
    private int epochs = Integer.MAX_VALUE;
    private double maxSeconds = Double.POSITIVE_INFINITY;
    private ModelEvaluation evaluation = theta -> new Evaluation(Double.NaN, Double.NaN);
    private double averaging = Double.NaN;
    private CheckpointStore store;
    private CheckpointInterval interval = CheckpointInterval.atEndOnly();
    private Checkpoint resumed;
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

    /** Adds a callback; they are called in the order of adding, after all listeners. */
    public Builder callback(TrainingCallback callback) {
      callbacks.add(Objects.requireNonNull(callback, "callback"));
      return this;
    }

    /**
     * Saves checkpoints there, each time between two steps. Saving does not count as training time;
     * a checkpoint that cannot be saved ends the run. Default: none are saved.
     */
    public Builder checkpoints(CheckpointStore value, CheckpointInterval when) {
      store = Objects.requireNonNull(value, "store");
      interval = Objects.requireNonNull(when, "when");
      return this;
    }

    /**
     * Goes on from a checkpoint: {@link #build} compares it with this run, {@link Trainer#run} puts
     * optimizer, average and resumable listeners into its state. Epochs, steps, training time and
     * reports go on counting, limits count from the run's first start. Options of the optimizer
     * that its state does not show are not compared.
     */
    public Builder resume(Checkpoint checkpoint) {
      resumed = Objects.requireNonNull(checkpoint, "checkpoint");
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
     * @throws IllegalArgumentException if neither epochs nor seconds end the run; if two listeners
     *     would use one name in a checkpoint; or if the checkpoint to resume from is of another
     *     run: of another optimizer, precision, averaging, number of batches or other parameters
     */
    public Trainer build() {
      if (epochs == Integer.MAX_VALUE && maxSeconds == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("give epochs or maxSeconds: nothing would end the run");
      }
      TrainingPlan plan =
          new TrainingPlan(
              optimizer,
              batches,
              epochs,
              maxSeconds,
              evaluation,
              listeners,
              callbacks,
              Double.isNaN(averaging) ? optimizer.averaging() : averaging,
              store,
              interval,
              nanoClock);
      Set<String> names = new HashSet<>();
      for (Resumable resumable : plan.resumables()) {
        if (!names.add(resumable.checkpointName())) {
          throw new IllegalArgumentException(
              "two listeners are called '" + resumable.checkpointName() + "' in checkpoints");
        }
      }
      if (resumed != null) {
        ResumeCheck.require(plan, resumed);
      }
      return new Trainer(plan, resumed);
    }
  }
}
