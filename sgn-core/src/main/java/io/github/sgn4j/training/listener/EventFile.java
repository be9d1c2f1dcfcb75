package io.github.sgn4j.training.listener;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One of TensorBoard's event files: records of TensorFlow's TFRecord format, each the length as a
 * little-endian 64-bit number, its masked CRC-32C, the event, its masked CRC-32C.
 *
 * <p>A folder may hold many such files, which TensorBoard reads as one. So a file is never appended
 * to, and one that a crash cut off does no harm to the next.
 */
final class EventFile implements AutoCloseable {

  /** What TensorFlow adds to rotated checksums: those of data that hold checksums are bad. */
  private static final int MASK_DELTA = 0xa282ead8;

  private static final int MASK_ROTATION = 15;

  private final Path path;
  private final OutputStream out;

  private EventFile(Path path, OutputStream out) {
    this.path = path;
    this.out = out;
  }

  /**
   * Makes a new file, in a folder that is made if need be.
   *
   * @param epochSecond the time, part of the file's name as TensorBoard wants it
   */
  static EventFile create(Path folder, long epochSecond) {
    String name =
        String.format(
            "events.out.tfevents.%010d.%s.%d",
            epochSecond, hostName(), ProcessHandle.current().pid());
    try {
      Files.createDirectories(folder);
      // Another run of this process may have begun in the same second.
      Path path = folder.resolve(name + ".0");
      for (int i = 1; Files.exists(path); i++) {
        path = folder.resolve(name + "." + i);
      }
      OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
      return new EventFile(path, new BufferedOutputStream(out));
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  void write(byte[] event) {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(event.length)
            .array();
    try {
      out.write(length);
      out.write(maskedChecksum(length));
      out.write(event);
      out.write(maskedChecksum(event));
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static byte[] maskedChecksum(byte[] data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    int rotated = Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION);
    return ByteBuffer.allocate(Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(rotated + MASK_DELTA)
        .array();
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static UncheckedIOException failure(Path path, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UncheckedIOException("cannot write TensorBoard's events " + path + ": " + reason, e);
  }
}
