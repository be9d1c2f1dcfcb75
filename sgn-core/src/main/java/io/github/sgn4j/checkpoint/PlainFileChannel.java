package io.github.sgn4j.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * A file to be read that, unlike the JDK's channels, stays open on a thread with its interrupt flag
 * set. For buffers with an array.
 */
final class PlainFileChannel implements SeekableByteChannel {

  private final RandomAccessFile file;
  private boolean closed;

  PlainFileChannel(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int count = file.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
    if (count > 0) {
      to.position(to.position() + count);
    }
    return count;
  }

  @Override
  public long position() throws IOException {
    return file.getFilePointer();
  }

  @Override
  public SeekableByteChannel position(long value) throws IOException {
    file.seek(value);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.length();
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
    return !closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    file.close();
  }
}
