package io.github.sgn4j.examples.data;

import io.github.sgn4j.examples.IoReasons;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * An IDX file of unsigned bytes, plain or gzip (its content decides, not its name), read from front
 * to back.
 *
 * <p>Layout: two zero bytes, 0x08 for unsigned bytes, the number of dimensions, each dimension as a
 * big-endian 32-bit number, then the values in row-major order and nothing else.
 */
final class IdxFile implements Closeable {

  private static final int UNSIGNED_BYTES = 0x08;

  private final Path path;
  private final InputStream in;
  private final int[] dimensions;

  private IdxFile(Path path, InputStream in, int[] dimensions) {
    this.path = path;
    this.in = in;
    this.dimensions = dimensions;
  }

  /**
   * Opens the file and checks its header.
   *
   * @param rank number of dimensions that it must have
   * @throws DataException if it cannot be read or its header is wrong
   */
  static IdxFile open(Path path, int rank) {
    InputStream in = null;
    try {
      in = decompressed(path);
      int[] dimensions = header(path, in, rank);
      return new IdxFile(path, in, dimensions);
    } catch (IOException e) {
      closeQuietly(in);
      throw explained(path, e);
    } catch (DataException e) {
      closeQuietly(in);
      throw e;
    }
  }

  private static InputStream decompressed(Path path) throws IOException {
    try (InputStream peek = Files.newInputStream(path)) {
      if (!GzipMember.startsHere(peek.readNBytes(2))) {
        return new BufferedInputStream(Files.newInputStream(path), 1 << 16);
      }
    }
    return GzipMember.open(path);
  }

  private static int[] header(Path path, InputStream in, int rank) throws IOException {
    byte[] magic = in.readNBytes(4);
    if (magic.length < 4) {
      throw new EOFException();
    }
    if (!Arrays.equals(magic, new byte[] {0, 0, UNSIGNED_BYTES, (byte) rank})) {
      throw new DataException(
          String.format(
              "%s is not the IDX file it should be: it starts with 0x%08x instead of 0x%08x.%n%s",
              path,
              ByteBuffer.wrap(magic).getInt(),
              UNSIGNED_BYTES << 8 | rank,
              "Put the right file there."));
    }
    byte[] sizes = in.readNBytes(4 * rank);
    if (sizes.length < 4 * rank) {
      throw new EOFException();
    }
    int[] dimensions = new int[rank];
    ByteBuffer.wrap(sizes).asIntBuffer().get(dimensions);
    for (int dimension : dimensions) {
      if (dimension < 1) {
        throw new DataException(
            path
                + " has impossible dimensions in its header: "
                + Arrays.toString(dimensions)
                + ".\nPut an undamaged file there.");
      }
    }
    return dimensions;
  }

  Path path() {
    return path;
  }

  int dimension(int axis) {
    return dimensions[axis];
  }

  /** The next bytes; never more on the heap than the file really holds. */
  byte[] read(int count) {
    try {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException();
      }
      return bytes;
    } catch (IOException e) {
      throw explained(path, e);
    }
  }

  /** The next bytes into the whole of that array. */
  void read(byte[] into) {
    try {
      if (in.readNBytes(into, 0, into.length) < into.length) {
        throw new EOFException();
      }
    } catch (IOException e) {
      throw explained(path, e);
    }
  }

  /** Checks that nothing follows. */
  void expectEnd() {
    try {
      if (in.read() >= 0) {
        throw new DataException(
            path
                + " is longer than its header "
                + Arrays.toString(dimensions)
                + " says.\nPut an undamaged file there.");
      }
    } catch (IOException e) {
      throw explained(path, e);
    }
  }

  @Override
  public void close() {
    closeQuietly(in);
  }

  private static DataException explained(Path path, IOException e) {
    if (e instanceof EOFException) {
      return new DataException(
          path + " is cut short: it ends before what its header promises.\nFetch it again.", e);
    }
    if (e instanceof ZipException) {
      return new DataException(
          path + " is a damaged gzip file: " + e.getMessage() + ".\nFetch it again.", e);
    }
    return new DataException("Cannot read " + path + ": " + IoReasons.of(e) + ".", e);
  }

  /** Closing a file that was only read loses nothing, and must not hide what went wrong before. */
  private static void closeQuietly(InputStream in) {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        return;
      }
    }
  }
}
