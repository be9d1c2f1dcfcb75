package io.github.sgn4j.objective;

import java.util.Arrays;
import java.util.Objects;

/** A vector over a {@code double[]}. */
public final class DoubleVector extends FlatVector {

  // Partial sums of dot side by side: the inner loop is elementwise, so that it vectorises.
  private static final int LANES = 512;
  private static final int TERMS = 64;

  private final double[] data;
  private final double[] lanes = new double[LANES];
  private final double[] left = new double[LANES];
  private final double[] right = new double[LANES];

  DoubleVector(double[] data, int offset, int length) {
    super(offset, length);
    this.data = data;
  }

  /** The storage; this vector's elements start at {@link #arrayOffset()}. Writes go through. */
  public double[] array() {
    return data;
  }

  /** Index of this vector's first element in {@link #array()}. */
  public int arrayOffset() {
    return offset;
  }

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  @Override
  public double get(int i) {
    return data[offset + Objects.checkIndex(i, length)];
  }

  @Override
  public void set(int i, double value) {
    data[offset + Objects.checkIndex(i, length)] = value;
  }

  @Override
  public void fill(double value) {
    Arrays.fill(data, offset, offset + length, value);
  }

  @Override
  public void assign(FlatVector other) {
    DoubleVector x = same(other);
    System.arraycopy(x.data, x.offset, data, offset, length);
  }

  @Override
  public void scale(double a) {
    double[] y = data;
    double factor = a;
    for (int i = offset, end = offset + length; i < end; i++) {
      y[i] *= factor;
    }
  }

  @Override
  public void axpy(double a, FlatVector other) {
    addRange(a, same(other), 0, length);
  }

  private void addRange(double factor, DoubleVector v, int start, int end) {
    if (v.offset == offset) {
      addMultiple(data, v.data, factor, offset + start, offset + end);
      return;
    }
    double[] x = v.data;
    double[] y = data;
    int from = v.offset;
    int to = offset;
    for (int i = start; i < end; i++) {
      y[to + i] += factor * x[from + i];
    }
  }

  // With one index for both arrays the loop vectorises; with two it does not.
  private static void addMultiple(double[] y, double[] x, double factor, int start, int end) {
    for (int i = start; i < end; i++) {
      y[i] += factor * x[i];
    }
  }

  @Override
  public double axpyDot(double a, FlatVector other) {
    DoubleVector v = same(other);
    return addAndDot(a, v, v);
  }

  @Override
  public double axpyNormSquared(double a, FlatVector other) {
    return addAndDot(a, same(other), this);
  }

  // Block by block, so that the second loop finds in the cache what the first one left there.
  private double addAndDot(double factor, DoubleVector v, DoubleVector with) {
    double sum = 0;
    int block = LANES * TERMS;
    for (int start = 0; start < length; start += block) {
      int end = Math.min(start + block, length);
      addRange(factor, v, start, end);
      sum += blockDot(with, start, end);
    }
    return sum;
  }

  @Override
  public void axpby(double a, FlatVector other, double b) {
    DoubleVector v = same(other);
    double[] x = v.data;
    double[] y = data;
    double p = a;
    double q = b;
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

  private static void combine(double[] y, double[] x, double p, double q, int start, int end) {
    for (int i = start; i < end; i++) {
      y[i] = p * x[i] + q * y[i];
    }
  }

  @Override
  public void multiply(FlatVector other) {
    DoubleVector v = same(other);
    double[] x = v.data;
    double[] y = data;
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

  private static void multiply(double[] y, double[] x, int start, int end) {
    for (int i = start; i < end; i++) {
      y[i] *= x[i];
    }
  }

  @Override
  public void addProduct(FlatVector x, FlatVector y) {
    DoubleVector u = same(x);
    DoubleVector v = same(y);
    if (u.offset == offset && v.offset == offset) {
      addProduct(data, u.data, v.data, offset, offset + length);
      return;
    }
    for (int i = 0; i < length; i++) {
      data[offset + i] += u.data[u.offset + i] * v.data[v.offset + i];
    }
  }

  private static void addProduct(double[] z, double[] x, double[] y, int start, int end) {
    for (int i = start; i < end; i++) {
      z[i] += x[i] * y[i];
    }
  }

  @Override
  public double dot(FlatVector other) {
    DoubleVector v = same(other);
    double sum = 0;
    int block = LANES * TERMS;
    for (int start = 0; start < length; start += block) {
      sum += blockDot(v, start, Math.min(start + block, length));
    }
    return sum;
  }

  private double blockDot(DoubleVector v, int start, int end) {
    double[] sums = lanes;
    Arrays.fill(sums, 0);
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
  private void addProducts(double[] b, int aStart, int bStart, int count) {
    System.arraycopy(data, aStart, left, 0, count);
    if (b == data && aStart == bStart) {
      addProducts(lanes, left, left, count);
      return;
    }
    System.arraycopy(b, bStart, right, 0, count);
    addProducts(lanes, left, right, count);
  }

  private static void addProducts(double[] sums, double[] a, double[] b, int count) {
    for (int k = 0; k < count; k++) {
      sums[k] += a[k] * b[k];
    }
  }

  @Override
  public double maxAbs() {
    double[] largest = lanes;
    Arrays.fill(largest, 0);
    for (int i = 0; i < length; i += LANES) {
      int count = Math.min(LANES, length - i);
      System.arraycopy(data, offset + i, left, 0, count);
      raiseToAbs(largest, left, count);
    }
    double max = 0;
    for (double lane : largest) {
      max = Math.max(max, lane);
    }
    return max;
  }

  private static void raiseToAbs(double[] largest, double[] x, int count) {
    for (int k = 0; k < count; k++) {
      largest[k] = Math.max(largest[k], Math.abs(x[k]));
    }
  }

  @Override
  public boolean isFinite() {
    double[] sums = lanes;
    Arrays.fill(sums, 0);
    for (int i = 0; i < length; i += LANES) {
      int count = Math.min(LANES, length - i);
      System.arraycopy(data, offset + i, left, 0, count);
      addZeros(sums, left, count);
    }
    double sum = 0;
    for (double lane : sums) {
      sum += lane;
    }
    return sum == 0;
  }

  // 0 * x is 0 for every finite x and NaN otherwise, and NaN survives the sum.
  private static void addZeros(double[] sums, double[] x, int count) {
    for (int k = 0; k < count; k++) {
      sums[k] += 0 * x[k];
    }
  }

  @Override
  public DoubleVector view(int start, int count) {
    checkRange(start, count);
    return new DoubleVector(data, offset + start, count);
  }

  private DoubleVector same(FlatVector x) {
    checkSame(x);
    return (DoubleVector) x;
  }
}
