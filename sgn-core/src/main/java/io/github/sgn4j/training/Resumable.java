package io.github.sgn4j.training;

/**
 * A listener or callback whose own state travels with checkpoints: what it counts or collects goes
 * on after a run is resumed. Where a checkpoint has nothing of its name, it begins anew.
 */
public interface Resumable {

  /** Its name among the run's listeners and callbacks, the same in every process. */
  String checkpointName();

  /** Its state after the step or epoch that it heard of last. */
  byte[] save();

  /**
   * Goes on from what {@link #save} gave.
   *
   * @param saved its own from now on
   * @throws IllegalArgumentException if that is not from its like; nothing has changed then
   */
  void restore(byte[] saved);
}
