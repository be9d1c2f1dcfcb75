package io.github.sgn4j.nd;

import io.github.sgn4j.objective.Precision;

/**
 * Copies between arrays of either precision and doubles on the heap. Allocates once. Not safe for
 * use by several threads at once.
 */
public final class DoubleCopies {

  private static final int CHUNK = 4096;

  private float[] chunk;

  /** Copies {@code count} elements from {@code start} on to the heap. */
  public void read(HostArray from, long start, double[] target, int position, int count) {
    if (from.precision() == Precision.DOUBLE) {
      from.read(start, target, position, count);
      return;
    }
    float[] part = chunk();
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      from.read(start + done, part, 0, size);
      for (int i = 0; i < size; i++) {
        target[position + done + i] = part[i];
      }
    }
  }

  /** Copies {@code count} elements from the heap to {@code start} and the following. */
  public void write(double[] source, int position, HostArray to, long start, int count) {
    if (to.precision() == Precision.DOUBLE) {
      to.write(start, source, position, count);
      return;
    }
    float[] part = chunk();
    for (int done = 0; done < count; done += CHUNK) {
      int size = Math.min(CHUNK, count - done);
      for (int i = 0; i < size; i++) {
        part[i] = (float) source[position + done + i];
      }
      to.write(start + done, part, 0, size);
    }
  }

  private float[] chunk() {
    if (chunk == null) {
      chunk = new float[CHUNK];
    }
    return chunk;
  }
}
