package io.github.sgn4j.examples.data.download;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.data.DataException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What has arrived of a file, beside its place: NAME.part, and NAME.part.from, which says where it
 * came from and by which validator (an ETag or a date) its source can tell that it has not changed.
 * Only with both can a download be taken up again. The file's own name is taken by whole, checked
 * content alone.
 */
final class PartFile implements AutoCloseable {

  private final Path target;
  private final Path path;
  private final Path fromPath;
  private final FileChannel channel;
  private URI from;
  private String validator;

  private PartFile(Path target, FileChannel channel) {
    this.target = target;
    this.path = paths(target).get(0);
    this.fromPath = paths(target).get(1);
    this.channel = channel;
  }

  /** The files that may lie beside a file that is being downloaded. */
  static List<Path> paths(Path target) {
    String name = target.getFileName() + ".part";
    return List.of(target.resolveSibling(name), target.resolveSibling(name + ".from"));
  }

  /**
   * Opens what there is, in a folder that is made if need be.
   *
   * @throws DataException if it cannot be written, or someone else is at it
   */
  static PartFile open(Path target) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              paths(target).get(0), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      PartFile part = new PartFile(target, channel);
      if (!part.lock()) {
        channel.close();
        throw new DataException(
            target.getFileName() + " is being downloaded already.\nWait until that has ended.");
      }
      part.readSource();
      return part;
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private boolean lock() {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // A file system without locks.
      return true;
    }
  }

  private void readSource() throws IOException {
    if (!Files.isRegularFile(fromPath)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(fromPath);
      if (lines.size() == 2 && !lines.get(1).isBlank()) {
        from = URI.create(lines.get(0));
        validator = lines.get(1);
      }
    } catch (IOException | IllegalArgumentException e) {
      // Not what we wrote: the download starts anew.
      validator = null;
    }
  }

  /** Where the bytes came from; null if there are none that could be taken up. */
  URI resumableFrom() {
    return isResumable() ? from : null;
  }

  boolean isResumable() {
    return validator != null && size() > 0;
  }

  String validator() {
    return validator;
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /**
   * Starts anew.
   *
   * @param given the source's validator; null if it has none
   */
  void begin(URI source, String given) {
    try {
      channel.truncate(0);
      Files.deleteIfExists(fromPath);
      from = source;
      validator = given;
      if (given != null) {
        Files.write(fromPath, List.of(source.toString(), given));
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  void append(ByteBuffer bytes) {
    try {
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Throws away what has arrived. */
  void discard() {
    begin(null, null);
  }

  FileCheck check(CatalogueFile file) {
    return ContentCheck.of(path, file);
  }

  /** Puts the file in its place, at once and for good: its bytes are on the disk before. */
  void moveToTarget() {
    try {
      channel.force(true);
      try {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
      }
      validator = null;
      Files.deleteIfExists(fromPath);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    forceFolder();
  }

  /** The new name, too; where the system lets folders be opened. */
  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent())) {
      folder.force(true);
    } catch (IOException e) {
      return;
    }
  }

  /** Keeps what can be taken up again and nothing else. */
  @Override
  public void close() {
    try (channel) {
      if (!isResumable()) {
        Files.deleteIfExists(path);
        Files.deleteIfExists(fromPath);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static DataException unwritable(Path target, IOException e) {
    return new DataException(
        "Cannot write to "
            + target.toAbsolutePath().getParent()
            + ": "
            + IoReasons.of(e)
            + ".\nName another folder: --data-dir DIR, or the environment variable SGN_DATA.",
        e);
  }
}
