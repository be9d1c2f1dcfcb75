package io.github.sgn4j.checkpoint;

import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are complete, and on the disk, before they take their place. */
final class DurableFile {

  /** What goes into a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private DurableFile() {}

  /** Writes a file beside its place and moves it there. */
  static void write(Path file, Content content) throws IOException {
    Path temporary = temporary(file);
    writeTemporary(temporary, content);
    try {
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Where a file is written before it takes its place. */
  static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".tmp");
  }

  /** Writes that file and forces it to the disk; it is gone if that fails. */
  static void writeTemporary(Path temporary, Content content) throws IOException {
    boolean written = false;
    // Not a channel: those close themselves on a thread with its interrupt flag set, and a run that
    // is told to stop must be able to save what it has.
    try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
      content.writeTo(new KeepsOpen(out));
      out.getFD().sync();
      written = true;
    } finally {
      if (!written) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Moves a file over another one, at once where the file system can. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    forceFolder(to.toAbsolutePath().getParent());
  }

  /** The new name is on the disk, too, where folders can be opened; elsewhere it soon is. */
  private static void forceFolder(Path folder) {
    // Only a channel opens a folder, and only while the flag is not set.
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not Linux: nothing more can be done.
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Flushes when it is closed, so that the file can be forced afterwards. */
  private static final class KeepsOpen extends FilterOutputStream {

    KeepsOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      out.write(b, off, len);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
