package io.github.sgn4j.training;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.optimizer.IterateAverage;
import io.github.sgn4j.optimizer.Optimizer;
import java.util.Iterator;

/**
 * What a run hands out: the average of its iterates if its loss is lower than the last iterate's,
 * else the last iterate. Averaging takes out the noise of mini-batches, which is most of what is
 * left to gain near a minimum, but far from one it only lags behind: hence the comparison.
 */
final class AveragedSolution {

  /** Batches that the two are compared on, at most. */
  static final int GUARD_BATCHES = 10;

  private final Optimizer optimizer;
  private final BatchSource batches;
  private final IterateAverage average;
  private final FlatVector averaged;
  private final double eta;
  private FlatVector chosen;
  private boolean stale;

  /**
   * The solution of a run that starts.
   *
   * @param eta exponent of the average, 0 for the last iterate always
   */
  AveragedSolution(Optimizer optimizer, BatchSource batches, double eta) {
    this.eta = eta;
    this.optimizer = optimizer;
    this.batches = batches;
    this.average = eta > 0 ? new IterateAverage(eta, optimizer.theta()) : null;
    this.averaged = eta > 0 ? optimizer.theta().like() : null;
    this.chosen = optimizer.theta();
  }

  /** Takes the iterate after a step in. */
  void add() {
    if (average != null) {
      average.add(optimizer.theta());
    }
    chosen = optimizer.theta();
    stale = true;
  }

  /** Whether an iterate came in, or a checkpoint, since the last choice. */
  boolean isStale() {
    return stale;
  }

  /** Chooses the last iterate, for a run that ends in a hurry. */
  void chooseLast() {
    chosen = optimizer.theta();
    stale = false;
    if (average() != null) {
      average.copyTo(averaged);
    }
  }

  /** Compares the two on the first batches of that epoch. */
  void choose(int epoch) {
    chooseLast();
    if (average() == null) {
      return;
    }
    Objective objective = optimizer.objective();
    double difference = 0;
    Iterator<Batch> iterator = batches.epoch(epoch);
    for (int i = 0; i < GUARD_BATCHES && iterator.hasNext(); i++) {
      Batch batch = iterator.next();
      difference +=
          batch.size()
              * (objective.value(averaged, batch) - objective.value(optimizer.theta(), batch));
    }
    if (difference < 0) {
      chosen = averaged;
    }
  }

  void save(Checkpoint.Builder checkpoint) {
    if (average != null) {
      checkpoint.average(eta, average.count(), average.memory());
    }
  }

  /** Takes up the average of a checkpoint with the same exponent. */
  void restore(Checkpoint checkpoint) {
    if (average != null) {
      average.restore(checkpoint.averageCount(), checkpoint.average());
    }
    chosen = optimizer.theta();
    stale = true;
  }

  /** What was chosen last: the optimizer's theta or the average. Read only. */
  FlatVector theta() {
    return chosen;
  }

  /** Whether that is the average. */
  boolean isAverage() {
    return chosen != optimizer.theta();
  }

  /** The average at the last choice, or null where there is none. Read only. */
  FlatVector average() {
    return average == null || average.count() < 2 ? null : averaged;
  }
}
