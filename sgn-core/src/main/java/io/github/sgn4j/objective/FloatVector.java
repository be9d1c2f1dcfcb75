package io.github.sgn4j.objective;

import java.util.Arrays;
import java.util.Objects;

/** A vector over a {@code float[]}. */
public final class FloatVector extends FlatVector {

  // Partial sums of dot side by side: the inner loop is elementwise, so that it vectorises.
  private static final int LANES = 512;

  private final float[] data;
  private final float[] lanes = new float[LANES];
  private final float[] left = new float[LANES];
  private final float[] right = new float[LANES];

  FloatVector(float[] data, int offset, int length) {
    super(offset, length);
    this.data = data;
  }

  /** The storage; this vector's elements start at {@link #arrayOffset()}. Writes go through. */
  public float[] array() {
    return data;
  }

  /** Index of this vector's first element in {@link #array()}. */
  public int arrayOffset() {
    return offset;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT;
  }

  @Override
  public double get(int i) {
    return data[offset + Objects.checkIndex(i, length)];
  }

  @Override
  public void set(int i, double value) {
    data[offset + Objects.checkIndex(i, length)] = (float) value;
  }

  @Override
  public void fill(double value) {
    Arrays.fill(data, offset, offset + length, (float) value);
  }

  @Override
  public void assign(FlatVector other) {
    FloatVector x = same(other);
    System.arraycopy(x.data, x.offset, data, offset, length);
  }

  @Override
  public void scale(double a) {
    float[] y = data;
    float factor = (float) a;
    for (int i = offset, end = offset + length; i < end; i++) {
      y[i] *= factor;
    }
  }

  @Override
  public void axpy(double a, FlatVector other) {
    addRange((float) a, same(other), 0, length);
  }

  private void addRange(float factor, FloatVector v, int start, int end) {
    if (v.offset == offset) {
      addMultiple(data, v.data, factor, offset + start, offset + end);
      return;
    }
    float[] x = v.data;
    float[] y = data;
    int from = v.offset;
    int to = offset;
    for (int i = start; i < end; i++) {
      y[to + i] += factor * x[from + i];
    }
  }

  // With one index for both arrays the loop vectorises; with two it does not.
  private static void addMultiple(float[] y, float[] x, float factor, int start, int end) {
    for (int i = start; i < end; i++) {
      y[i] += factor * x[i];
    }
  }

  @Override
  public double axpyDot(double a, FlatVector other) {
    FloatVector v = same(other);
    return addAndDot((float) a, v, v);
  }

  @Override
  public double axpyNormSquared(double a, FlatVector other) {
    return addAndDot((float) a, same(other), this);
  }

  // Block by block, so that the second loop finds in the cache what the first one left there.
  private double addAndDot(float factor, FloatVector v, FloatVector with) {
    double sum = 0;
    int block = LANES * FLOAT_TERMS;
    for (int start = 0; start < length; start += block) {
      int end = Math.min(start + block, length);
      addRange(factor, v, start, end);
      sum += blockDot(with, start, end);
    }
    return sum;
  }

  @Override
  public void axpby(double a, FlatVector other, double b) {
    FloatVector v = same(other);
    float[] x = v.data;
    float[] y = data;
    float p = (float) a;
    float q = (float) b;
    int from = v.offset;
    int to = offset;
    if (from == to) {
      combine(y, x, p, q, to, to + length);
      return;
    }
    for (int i = 0; i < length; i++) {
      y[to + i] = p * x[from + i] + q * y[to + i];
    }
  }

  private static void combine(float[] y, float[] x, float p, float q, int start, int end) {
    for (int i = start; i < end; i++) {
      y[i] = p * x[i] + q * y[i];
    }
  }

  @Override
  public void multiply(FlatVector other) {
    FloatVector v = same(other);
    float[] x = v.data;
    float[] y = data;
    int from = v.offset;
    int to = offset;
    if (from == to) {
      multiply(y, x, to, to + length);
      return;
    }
    for (int i = 0; i < length; i++) {
      y[to + i] *= x[from + i];
    }
  }

  private static void multiply(float[] y, float[] x, int start, int end) {
    for (int i = start; i < end; i++) {
      y[i] *= x[i];
    }
  }

  @Override
  public void addProduct(FlatVector x, FlatVector y) {
    FloatVector u = same(x);
    FloatVector v = same(y);
    if (u.offset == offset && v.offset == offset) {
      addProduct(data, u.data, v.data, offset, offset + length);
      return;
    }
    for (int i = 0; i < length; i++) {
      data[offset + i] += u.data[u.offset + i] * v.data[v.offset + i];
    }
  }

  private static void addProduct(float[] z, float[] x, float[] y, int start, int end) {
    for (int i = start; i < end; i++) {
      z[i] += x[i] * y[i];
    }
  }

  @Override
  public double dot(FlatVector other) {
    FloatVector v = same(other);
    double sum = 0;
    int block = LANES * FLOAT_TERMS;
    for (int start = 0; start < length; start += block) {
      sum += blockDot(v, start, Math.min(start + block, length));
    }
    return sum;
  }

  private double blockDot(FloatVector v, int start, int end) {
    float[] sums = lanes;
    Arrays.fill(sums, 0f);
    int i = start;
    for (; i + LANES <= end; i += LANES) {
      addProducts(v.data, offset + i, v.offset + i, LANES);
    }
    addProducts(v.data, offset + i, v.offset + i, end - i);
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int k = 0; k < LANES; k += 4) {
      a += sums[k];
      b += sums[k + 1];
      c += sums[k + 2];
      d += sums[k + 3];
    }
    return (a + b) + (c + d);
  }

  // Copied to scratch first: with one index for all three arrays the loop vectorises best.
  private void addProducts(float[] b, int aStart, int bStart, int count) {
    System.arraycopy(data, aStart, left, 0, count);
    if (b == data && aStart == bStart) {
      addProducts(lanes, left, left, count);
      return;
    }
    System.arraycopy(b, bStart, right, 0, count);
    addProducts(lanes, left, right, count);
  }

  private static void addProducts(float[] sums, float[] a, float[] b, int count) {
    for (int k = 0; k < count; k++) {
      sums[k] += a[k] * b[k];
    }
  }

  @Override
  public double maxAbs() {
    float[] largest = lanes;
    Arrays.fill(largest, 0);
    for (int i = 0; i < length; i += LANES) {
      int count = Math.min(LANES, length - i);
      System.arraycopy(data, offset + i, left, 0, count);
      raiseToAbs(largest, left, count);
    }
    float max = 0;
    for (float lane : largest) {
      max = Math.max(max, lane);
    }
    return max;
  }

  private static void raiseToAbs(float[] largest, float[] x, int count) {
    for (int k = 0; k < count; k++) {
      largest[k] = Math.max(largest[k], Math.abs(x[k]));
    }
  }

  @Override
  public boolean isFinite() {
    float[] sums = lanes;
    Arrays.fill(sums, 0);
    for (int i = 0; i < length; i += LANES) {
      int count = Math.min(LANES, length - i);
      System.arraycopy(data, offset + i, left, 0, count);
      addZeros(sums, left, count);
    }
    float sum = 0;
    for (float lane : sums) {
      sum += lane;
    }
    return sum == 0;
  }

  // 0 * x is 0 for every finite x and NaN otherwise, and NaN survives the sum.
  private static void addZeros(float[] sums, float[] x, int count) {
    for (int k = 0; k < count; k++) {
      sums[k] += 0 * x[k];
    }
  }

  @Override
  public FloatVector view(int start, int count) {
    checkRange(start, count);
    return new FloatVector(data, offset + start, count);
  }

  private FloatVector same(FlatVector x) {
    checkSame(x);
    return (FloatVector) x;
  }
}
