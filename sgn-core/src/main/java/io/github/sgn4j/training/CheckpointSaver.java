package io.github.sgn4j.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Saves a run's checkpoints when they are due. */
final class CheckpointSaver {

  private final CheckpointStore store;
  private final CheckpointInterval interval;
  private final LongSupplier nanoClock;
  private final Supplier<Checkpoint> current;
  private long savedSteps;
  private int savedEpochs;
  private long savedNanos;

  CheckpointSaver(TrainingPlan plan, Supplier<Checkpoint> current) {
    store = plan.store();
    interval = plan.interval();
    nanoClock = plan.nanoClock();
    this.current = current;
    if (isTimed()) {
      savedNanos = nanoClock.getAsLong();
    }
  }

  private boolean isTimed() {
    return store != null && interval.seconds() < Double.POSITIVE_INFINITY;
  }

  /** What is saved already: there, nothing is new. */
  void saved(long steps, int epochs) {
    savedSteps = steps;
    savedEpochs = epochs;
  }

  /** Saves if it is time. */
  void saveIfDue(long steps, int epochs) {
    if (store == null) {
      return;
    }
    boolean due = steps - savedSteps >= interval.steps();
    if (!due && isTimed()) {
      due = (nanoClock.getAsLong() - savedNanos) * 1e-9 >= interval.seconds();
    }
    if (due) {
      save(steps, epochs);
    }
  }

  /** Saves at the end of a run, unless nothing is new. */
  void saveAtEnd(long steps, int epochs) {
    if (store != null && (steps != savedSteps || epochs != savedEpochs)) {
      save(steps, epochs);
    }
  }

  private void save(long steps, int epochs) {
    try {
      store.save(current.get());
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint after step " + steps + " was not saved", e);
    }
    saved(steps, epochs);
    if (isTimed()) {
      savedNanos = nanoClock.getAsLong();
    }
  }
}
