package io.github.sgn4j.checkpoint;

import io.github.sgn4j.training.Checkpoint;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A checkpoint as a file. All numbers are big-endian:
 *
 * <pre>
 * "SGN4JCKP"                  8 bytes
 * version of the format       4 bytes, {@value #VERSION}
 * length of the body          8 bytes
 * body
 * SHA-256 of all before       32 bytes
 * </pre>
 *
 * <p>A file is written beside its place, forced to the disk and moved there: whoever looks,
 * whenever, finds the old file or the new one, complete. It is read twice, first for its checksum;
 * every length in it is compared with what is left of the file before anything of that size is
 * made.
 */
public final class CheckpointFile {

  /** The version that is written, and the only one that is read. */
  public static final int VERSION = 1;

  /** How names of checkpoint files end. */
  public static final String SUFFIX = ".sgn4j";

  private static final byte[] MAGIC = {'S', 'G', 'N', '4', 'J', 'C', 'K', 'P'};
  private static final int HEADER = 8 + Integer.BYTES + Long.BYTES;
  private static final int DIGEST = 32;
  private static final int CHUNK = 1 << 16;

  private CheckpointFile() {}

  /**
   * Writes a file, in place of one that stands there.
   *
   * @throws IOException if that fails; what stood there still does
   */
  public static void write(Path file, Checkpoint checkpoint) throws IOException {
    DurableFile.write(file, out -> encode(checkpoint, out));
  }

  static void encode(Checkpoint checkpoint, OutputStream to) throws IOException {
    CountingOutput count = new CountingOutput();
    new BodyWriter(new DataOutputStream(count)).write(checkpoint);
    MessageDigest digest = sha256();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(new BufferedOutputStream(to, CHUNK), digest))) {
      out.write(MAGIC);
      out.writeInt(VERSION);
      out.writeLong(count.bytes());
      new BodyWriter(out).write(checkpoint);
      out.write(digest.digest());
    }
  }

  /**
   * Reads a file.
   *
   * @throws CheckpointException if it is missing, damaged, of another version, or no checkpoint
   */
  public static Checkpoint read(Path file) throws CheckpointException {
    try {
      // A pipe would be waited for, a device may have no end.
      if (!Files.exists(file)) {
        throw new CheckpointException(file, "is missing");
      }
      if (!Files.isRegularFile(file)) {
        throw new CheckpointException(file, "is not a file");
      }
      try (PlainFileChannel channel = new PlainFileChannel(file)) {
        return read(file, channel);
      }
    } catch (CheckpointException e) {
      throw e;
    } catch (IOException e) {
      throw new CheckpointException(file, "cannot be read (" + e + ")", e);
    }
  }

  /** Reads what the channel gives, from its beginning. */
  static Checkpoint read(Path file, SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer header = ByteBuffer.wrap(Channels.newInputStream(channel).readNBytes(HEADER));
    byte[] magic = new byte[Math.min(MAGIC.length, header.remaining())];
    header.get(magic);
    if (size == 0 || !Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length))) {
      throw new CheckpointException(file, size == 0 ? "is empty" : "is not a checkpoint of SGN4J");
    }
    if (size < HEADER + DIGEST) {
      throw new CheckpointException(file, "is cut off after " + size + " bytes");
    }
    int version = header.getInt();
    if (version != VERSION) {
      throw new CheckpointException(
          file, "has version " + version + " of the format; this SGN4J reads version " + VERSION);
    }
    long length = header.getLong();
    if (length != size - HEADER - DIGEST) {
      throw new CheckpointException(
          file,
          "is damaged: it holds "
              + (size - HEADER - DIGEST)
              + " bytes of content and says "
              + length);
    }
    checkDigest(file, channel, size);
    channel.position(HEADER);
    InputStream body = new BufferedInputStream(Channels.newInputStream(channel), CHUNK);
    return new BodyReader(new BoundedInput(file, new DataInputStream(body), length)).read();
  }

  private static void checkDigest(Path file, SeekableByteChannel channel, long size)
      throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    channel.position(0);
    long left = size - DIGEST;
    while (left > 0) {
      chunk.clear().limit((int) Math.min(left, CHUNK));
      int count = channel.read(chunk);
      if (count < 0) {
        throw new CheckpointException(file, "became shorter while it was read");
      }
      digest.update(chunk.flip());
      left -= count;
    }
    byte[] written = Channels.newInputStream(channel).readNBytes(DIGEST);
    if (!Arrays.equals(written, digest.digest())) {
      throw new CheckpointException(file, "is damaged: its checksum is another one");
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Takes bytes in and keeps their number. */
  private static final class CountingOutput extends OutputStream {

    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      bytes += len;
    }

    long bytes() {
      return bytes;
    }
  }
}
