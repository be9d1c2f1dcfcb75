package io.github.sgn4j.examples.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip file that must hold one compressed stream and nothing after it. {@link GZIPInputStream}
 * passes over trailing rubbish in silence; this does not.
 */
public final class GzipMember extends GZIPInputStream {

  private static final int BUFFER = 1 << 16;
  private static final int TRAILER_BYTES = 8;

  private final long compressedBytes;

  private GzipMember(HeaderCounter file, long fileSize) throws IOException {
    super(file, BUFFER);
    // The superclass has read the header by now, byte by byte, and nothing else.
    this.compressedBytes = fileSize - file.count - TRAILER_BYTES;
  }

  /** Whether a file that starts with these two bytes is gzip. */
  public static boolean startsHere(byte[] start) {
    return start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
  }

  public static GzipMember open(Path path) throws IOException {
    long size = Files.size(path);
    HeaderCounter file = new HeaderCounter(Files.newInputStream(path));
    try {
      return new GzipMember(file, size);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count < 0 && inf.getBytesRead() != compressedBytes) {
      throw new ZipException("something follows the compressed data");
    }
    return count;
  }

  private static final class HeaderCounter extends FilterInputStream {

    private long count;

    HeaderCounter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
