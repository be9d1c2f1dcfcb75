package io.github.sgn4j.training;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.util.Objects;
import java.util.Set;

/** What a {@link TrainingCallback} can do; for the time of its call, on its thread. */
public final class TrainingControl {

  private final Optimizer optimizer;
  private final AveragedSolution solution;
  private EndReason reason;
  private String text = "";
  private int epoch;
  private int keptEpoch;
  private FlatVector kept;
  private Set<String> resumed = Set.of();

  TrainingControl(Optimizer optimizer, AveragedSolution solution) {
    this.optimizer = optimizer;
    this.solution = solution;
  }

  /**
   * Ends the run with {@link EndReason#STOPPED}, unless all epochs are done. An epoch that is cut
   * short is evaluated and reported. The first call counts.
   *
   * @param why in words, for the result
   */
  public void stop(String why) {
    stop(EndReason.STOPPED, why);
  }

  void stop(EndReason how, String why) {
    Objects.requireNonNull(why, "why");
    if (reason == null) {
      reason = how;
      text = why;
    }
  }

  /**
   * Sets the damping that the next step begins with.
   *
   * @throws IllegalArgumentException if the damping policy does not take that value
   * @throws IllegalStateException if the damping policy needs a step first
   * @throws UnsupportedOperationException if the optimizer has no damping to set
   * @see Optimizer#damping
   */
  public void damping(double value) {
    optimizer.damping(value);
  }

  /** The optimizer, to be read. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * After an epoch what was evaluated, the last iterate or the average of the iterates; otherwise
   * the last iterate. Read only, and valid during the call.
   */
  public FlatVector solution() {
    return solution.theta();
  }

  /**
   * Keeps a copy of {@link #solution}: the run hands it out at its end, whatever comes after,
   * unless another call replaces it.
   *
   * @throws IllegalStateException before the run's first step
   */
  public void keepSolution() {
    if (epoch == 0) {
      throw new IllegalStateException("there is no solution to keep before the first step");
    }
    if (kept == null) {
      kept = solution.theta().like();
    }
    kept.assign(solution.theta());
    keptEpoch = epoch;
  }

  /** The epoch, counted from 1, that is being trained or was reported last. */
  void epoch(int value) {
    epoch = value;
  }

  /** Why the run is to end; null while it goes on. */
  EndReason reason() {
    return reason;
  }

  String text() {
    return text;
  }

  FlatVector kept() {
    return kept;
  }

  int keptEpoch() {
    return keptEpoch;
  }

  void save(Checkpoint.Builder checkpoint) {
    if (kept != null) {
      checkpoint.kept(keptEpoch, kept);
    }
  }

  /** Whether the run goes on from a checkpoint that this one's state was in. */
  boolean isResumed(Resumable resumable) {
    return resumed.contains(resumable.checkpointName());
  }

  void restore(Checkpoint checkpoint) {
    resumed = checkpoint.attachments().keySet();
    kept = checkpoint.kept();
    keptEpoch = checkpoint.keptEpoch();
  }
}
