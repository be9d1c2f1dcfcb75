package io.github.sgn4j.checkpoint;

import io.github.sgn4j.training.Checkpoint;
import io.github.sgn4j.training.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run's checkpoints in a folder: the newest, {@value #NEWEST}, and the one before it, {@value
 * #BEFORE}. At any moment, whatever happens to the process, one of them is good: the newest takes
 * the place of the older one only if it is good itself, and not before the next one is complete and
 * on the disk.
 *
 * <p>For one run and one process at a time; safe for use by several threads.
 */
public final class CheckpointFolder implements CheckpointStore {

  /** Name of the newest checkpoint's file. */
  public static final String NEWEST = "checkpoint" + CheckpointFile.SUFFIX;

  /** Name of the file of the one before it. */
  public static final String BEFORE = "checkpoint-before" + CheckpointFile.SUFFIX;

  private final Path folder;
  private final Path newest;
  private final Path before;
  private boolean newestIsGood;

  /**
   * What was read.
   *
   * @param checkpoint the newest that is good
   * @param file where it was
   * @param refused what is wrong with the newer one; null if this is the newest
   */
  public record Found(Checkpoint checkpoint, Path file, CheckpointException refused) {}

  /** That folder, which need not exist before the first checkpoint is saved. */
  public CheckpointFolder(Path folder) {
    this.folder = folder;
    newest = folder.resolve(NEWEST);
    before = folder.resolve(BEFORE);
  }

  @Override
  public synchronized void save(Checkpoint checkpoint) throws IOException {
    Files.createDirectories(folder);
    Path temporary = DurableFile.temporary(newest);
    DurableFile.writeTemporary(temporary, out -> CheckpointFile.encode(checkpoint, out));
    try {
      // Somebody may have taken the file away, and either move may fail.
      if (Files.exists(newest) && (newestIsGood || isGood(newest))) {
        newestIsGood = false;
        DurableFile.move(newest, before);
      }
      DurableFile.move(temporary, newest);
      newestIsGood = true;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean isGood(Path file) {
    try {
      CheckpointFile.read(file);
      return true;
    } catch (CheckpointException e) {
      // Missing or damaged: the older one stays.
      return false;
    }
  }

  /** Whether a file of a checkpoint is there, good or not. */
  public synchronized boolean holdsAny() {
    return Files.exists(newest) || Files.exists(before);
  }

  /**
   * Reads the newest checkpoint that is good.
   *
   * @throws CheckpointException if there is none, or none is good; it names both files and what is
   *     wrong with them
   */
  public synchronized Found read() throws CheckpointException {
    if (!holdsAny()) {
      throw new CheckpointException(folder, "holds no checkpoint");
    }
    CheckpointException refused;
    try {
      return new Found(CheckpointFile.read(newest), newest, null);
    } catch (CheckpointException e) {
      refused = e;
    }
    try {
      return new Found(CheckpointFile.read(before), before, refused);
    } catch (CheckpointException e) {
      CheckpointException both =
          new CheckpointException(
              folder,
              "holds no good checkpoint: "
                  + NEWEST
                  + " "
                  + refused.reason()
                  + "; "
                  + BEFORE
                  + " "
                  + e.reason());
      both.addSuppressed(refused);
      both.addSuppressed(e);
      throw both;
    }
  }

  /** Removes both files, for a run that begins anew or whose checkpoints have served. */
  public synchronized void clear() throws IOException {
    Files.deleteIfExists(newest);
    Files.deleteIfExists(before);
    Files.deleteIfExists(DurableFile.temporary(newest));
    newestIsGood = false;
  }
}
