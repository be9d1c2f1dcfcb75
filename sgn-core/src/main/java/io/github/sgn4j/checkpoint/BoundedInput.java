package io.github.sgn4j.checkpoint;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads a body of known length: nothing is read, or made, that is larger than what is left. */
final class BoundedInput {

  private static final int LONGEST_TEXT = 1 << 16;

  private final Path file;
  private final DataInputStream in;
  private long left;

  BoundedInput(Path file, DataInputStream in, long length) {
    this.file = file;
    this.in = in;
    this.left = length;
  }

  /** Counts these bytes as read. */
  private void take(long bytes) throws IOException {
    if (bytes > left) {
      throw failure("its content ends too early");
    }
    left -= bytes;
  }

  CheckpointException failure(String what) {
    return new CheckpointException(file, "is damaged: " + what);
  }

  CheckpointException failure(RuntimeException e) {
    return new CheckpointException(file, "is damaged: " + e.getMessage(), e);
  }

  int readInt() throws IOException {
    take(Integer.BYTES);
    return in.readInt();
  }

  long readLong() throws IOException {
    take(Long.BYTES);
    return in.readLong();
  }

  double readDouble() throws IOException {
    take(Double.BYTES);
    return in.readDouble();
  }

  byte readByte() throws IOException {
    take(1);
    return in.readByte();
  }

  boolean readBoolean() throws IOException {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw failure("a flag is " + value);
    }
    return value == 1;
  }

  /** A number of things of which each takes so many bytes at least. */
  int readCount(int bytesEach) throws IOException {
    int count = readInt();
    if (count < 0 || (long) count * bytesEach > left) {
      throw failure("a number of entries is " + count);
    }
    return count;
  }

  byte[] readBytes() throws IOException {
    byte[] bytes = new byte[readCount(1)];
    readFully(bytes, bytes.length);
    return bytes;
  }

  String readText() throws IOException {
    int length = readCount(1);
    if (length > LONGEST_TEXT) {
      throw failure("a name has " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    readFully(bytes, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void readFully(byte[] bytes, int count) throws IOException {
    take(count);
    in.readFully(bytes, 0, count);
  }

  void requireEnd() throws CheckpointException {
    if (left != 0) {
      throw failure(left + " bytes follow its content");
    }
  }
}
