package io.github.sgn4j.training;

import java.io.IOException;

/** Where a run's checkpoints go: a folder of files, for instance. */
@FunctionalInterface
public interface CheckpointStore {

  /**
   * Keeps a checkpoint: once this returns, it outlives the process.
   *
   * @throws IOException if that fails; what was kept before is still there
   */
  void save(Checkpoint checkpoint) throws IOException;
}
