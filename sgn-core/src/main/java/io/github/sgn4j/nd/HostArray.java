package io.github.sgn4j.nd;

import io.github.sgn4j.objective.DoubleVector;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.FloatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A contiguous FLOAT or DOUBLE array seen through its address: copies to and from the heap without
 * allocating, and the pointers that BLAS takes. On other backends than the host's the copies go
 * through ND4J and there are no pointers.
 *
 * <p>Not safe for use by several threads at once. Keeps the array alive.
 */
public final class HostArray {

  private static final int CHUNK = 4096;

  private final INDArray array;
  private final Precision precision;
  private final long length;
  private final FloatPointer floats;
  private final FloatPointer floatCursor;
  private final DoublePointer doubles;
  private final DoublePointer doubleCursor;
  private final long start;
  private float[] chunk;
  private float[] sum;
  private double[] wideChunk;
  private IntPointer intCursor;
  private LongPointer longCursor;

  private HostArray(INDArray array, long start, long length) {
    this.array = array;
    this.precision = Backend.precision(array.dataType(), "the array");
    this.start = start;
    this.length = length;
    boolean host = Backend.isHost();
    // addressPointer() counts a view's offset in, pointer() does not.
    Pointer address = host ? array.data().addressPointer() : null;
    boolean single = precision == Precision.FLOAT;
    this.floats = host && single ? new FloatPointer(address).position(start) : null;
    this.floatCursor = host && single ? new FloatPointer(address) : null;
    this.doubles = host && !single ? new DoublePointer(address).position(start) : null;
    this.doubleCursor = host && !single ? new DoublePointer(address) : null;
  }

  /**
   * Wraps an array; writes go through.
   *
   * @throws IllegalArgumentException if it is not contiguous in 'c' order, or not floating point
   */
  public static HostArray of(INDArray array) {
    if (!isContiguous(array)) {
      throw new IllegalArgumentException("the array is not contiguous in 'c' order");
    }
    return new HostArray(array, 0, array.length());
  }

  /**
   * A part of the elements in 'c' order; writes go through.
   *
   * @param from first element, counted from this one's first
   * @param count number of elements
   */
  public HostArray slice(long from, long count) {
    return new HostArray(array, start + Objects.checkFromIndexSize(from, count, length), count);
  }

  /** Whether the elements lie one after another in 'c' order. */
  public static boolean isContiguous(INDArray array) {
    long[] shape = array.shape();
    long[] stride = array.stride();
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && stride[i] != expected) {
        return false;
      }
      expected *= shape[i];
    }
    return true;
  }

  /** The array behind it; for a slice, the whole one. */
  public INDArray array() {
    return array;
  }

  /** Its precision. */
  public Precision precision() {
    return precision;
  }

  /** Number of elements. */
  public long length() {
    return length;
  }

  FloatPointer floats() {
    return floats;
  }

  DoublePointer doubles() {
    return doubles;
  }

  /** A pointer to the element of that number, until this array is asked for something else. */
  FloatPointer floatsAt(long from) {
    return floatCursor.position(start + from);
  }

  /** A pointer to the element of that number, until this array is asked for something else. */
  DoublePointer doublesAt(long from) {
    return doubleCursor.position(start + from);
  }

  /** Copies {@code count} elements from {@code from} on to the heap. FLOAT only. */
  public void read(long from, float[] target, int position, int count) {
    if (floatCursor != null) {
      floatCursor.position(start + from).get(target, position, count);
    } else {
      for (int i = 0; i < count; i++) {
        target[position + i] = array.data().getFloat(start + from + i);
      }
    }
  }

  /** Copies {@code count} elements from the heap to {@code to} and the following. FLOAT only. */
  public void write(long to, float[] source, int position, int count) {
    if (floatCursor != null) {
      floatCursor.position(start + to).put(source, position, count);
    } else {
      for (int i = 0; i < count; i++) {
        array.data().put(start + to + i, source[position + i]);
      }
    }
  }

  /** Copies {@code count} elements from {@code from} on to the heap. DOUBLE only. */
  public void read(long from, double[] target, int position, int count) {
    if (doubleCursor != null) {
      doubleCursor.position(start + from).get(target, position, count);
    } else {
      for (int i = 0; i < count; i++) {
        target[position + i] = array.data().getDouble(start + from + i);
      }
    }
  }

  /** Copies {@code count} elements from the heap to {@code to} and the following. DOUBLE only. */
  public void write(long to, double[] source, int position, int count) {
    if (doubleCursor != null) {
      doubleCursor.position(start + to).put(source, position, count);
    } else {
      for (int i = 0; i < count; i++) {
        array.data().put(start + to + i, source[position + i]);
      }
    }
  }

  /** Copies the bits of {@code count} elements on to the heap. FLOAT on the host only. */
  public void readBits(long from, int[] target, int count) {
    ints(from).get(target, 0, count);
  }

  /** Copies elements, given as their bits, from the heap. FLOAT on the host only. */
  public void writeBits(long to, int[] source, int count) {
    ints(to).put(source, 0, count);
  }

  /** Copies the bits of {@code count} elements on to the heap. DOUBLE on the host only. */
  public void readBits(long from, long[] target, int count) {
    longs(from).get(target, 0, count);
  }

  /** Copies elements, given as their bits, from the heap. DOUBLE on the host only. */
  public void writeBits(long to, long[] source, int count) {
    longs(to).put(source, 0, count);
  }

  private IntPointer ints(long from) {
    if (intCursor == null) {
      intCursor = new IntPointer(array.data().addressPointer());
    }
    return intCursor.position(start + from);
  }

  private LongPointer longs(long from) {
    if (longCursor == null) {
      longCursor = new LongPointer(array.data().addressPointer());
    }
    return longCursor.position(start + from);
  }

  /** Overwrites the array with a part of a vector that starts at {@code offset}. */
  public void writeFrom(FlatVector vector, int offset) {
    if (vector instanceof FloatVector v) {
      write(0, v.array(), v.arrayOffset() + offset, (int) length);
    } else if (vector instanceof DoubleVector v) {
      write(0, v.array(), v.arrayOffset() + offset, (int) length);
    }
  }

  /** Copies the array to a part of a vector that starts at {@code offset}. */
  public void readInto(FlatVector vector, int offset) {
    if (vector instanceof FloatVector v) {
      read(0, v.array(), v.arrayOffset() + offset, (int) length);
    } else if (vector instanceof DoubleVector v) {
      read(0, v.array(), v.arrayOffset() + offset, (int) length);
    }
  }

  /** Adds the array, times a factor, to a part of a vector that starts at {@code offset}. */
  public void addInto(FlatVector vector, int offset, double factor) {
    if (vector instanceof FloatVector v) {
      addInto(v.array(), v.arrayOffset() + offset, (float) factor);
    } else if (vector instanceof DoubleVector v) {
      addInto(v.array(), v.arrayOffset() + offset, factor);
    }
  }

  private void addInto(float[] target, int position, float factor) {
    if (chunk == null) {
      chunk = new float[(int) Math.min(length, CHUNK)];
      sum = new float[chunk.length];
    }
    // Both on own arrays: a loop over two arrays vectorises only with one index.
    for (int from = 0; from < length; from += CHUNK) {
      int count = (int) Math.min(CHUNK, length - from);
      read(from, chunk, 0, count);
      System.arraycopy(target, position + from, sum, 0, count);
      for (int i = 0; i < count; i++) {
        sum[i] += factor * chunk[i];
      }
      System.arraycopy(sum, 0, target, position + from, count);
    }
  }

  private void addInto(double[] target, int position, double factor) {
    if (wideChunk == null) {
      wideChunk = new double[(int) Math.min(length, CHUNK)];
    }
    for (int from = 0; from < length; from += CHUNK) {
      int count = (int) Math.min(CHUNK, length - from);
      read(from, wideChunk, 0, count);
      for (int i = 0; i < count; i++) {
        target[position + from + i] += factor * wideChunk[i];
      }
    }
  }

  /** Sets the first {@code count} elements to zero. On the host only. */
  public void clear(long count) {
    if (floats != null) {
      Pointer.memset(floats, 0, count * Float.BYTES);
    } else {
      Pointer.memset(doubles, 0, count * Double.BYTES);
    }
  }

  /** Sets every element to zero. */
  public void clear() {
    if (floats != null) {
      Pointer.memset(floats, 0, length * Float.BYTES);
    } else if (doubles != null) {
      Pointer.memset(doubles, 0, length * Double.BYTES);
    } else {
      for (long i = 0; i < length; i++) {
        array.data().put(start + i, 0.0);
      }
    }
  }
}
