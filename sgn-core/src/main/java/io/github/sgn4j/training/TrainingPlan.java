package io.github.sgn4j.training;

import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What a {@link Trainer} was told; {@code averaging} settled, {@code store} null for none. */
record TrainingPlan(
    Optimizer optimizer,
    BatchSource batches,
    int epochs,
    double maxSeconds,
    ModelEvaluation evaluation,
    List<TrainingListener> listeners,
    List<TrainingCallback> callbacks,
    double averaging,
    CheckpointStore store,
    CheckpointInterval interval,
    LongSupplier nanoClock) {

  TrainingPlan {
    listeners = List.copyOf(listeners);
    callbacks = List.copyOf(callbacks);
  }

  /** Whether anybody but the evaluation looks at the run. */
  boolean isWatched() {
    return !listeners.isEmpty() || !callbacks.isEmpty();
  }

  /** The listeners and callbacks that carry something on. */
  List<Resumable> resumables() {
    List<Resumable> found = new ArrayList<>();
    List<Object> all = new ArrayList<>(listeners);
    all.addAll(callbacks);
    for (Object one : all) {
      if (one instanceof Resumable resumable) {
        found.add(resumable);
      }
    }
    return found;
  }
}
