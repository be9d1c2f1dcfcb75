package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.results.OutputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a comparison's folder for one process; the system takes it back however that ends. */
final class FolderLock implements AutoCloseable {

  private static final String FILE = ".lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes an existing folder.
   *
   * @throws GridException if another process has it
   */
  static FolderLock take(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new GridException(
            "Another process is making the runs in "
                + folder
                + ".\nWait for its end, or name another folder with --out.");
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new OutputException("Cannot write to " + folder + ": " + IoReasons.of(e) + ".", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Gives the folder back; the file stays, since another process may have it open already. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new OutputException("Cannot give back a lock: " + IoReasons.of(e) + ".", e);
    }
  }
}
