package io.github.sgn4j.checkpoint;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file's content without a file. */
final class BytesChannel implements SeekableByteChannel {

  private final byte[] content;
  private int position;

  BytesChannel(byte[] content) {
    this.content = content;
  }

  @Override
  public int read(ByteBuffer to) {
    int count = Math.min(to.remaining(), content.length - position);
    if (count <= 0) {
      return to.hasRemaining() ? -1 : 0;
    }
    to.put(content, position, count);
    position += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long value) {
    position = Math.toIntExact(value);
    return this;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
