package io.github.sgn4j.nd;

import io.github.sgn4j.objective.Precision;

/**
 * Elementwise squares of arrays, in chunks that stay in the cache. Allocates when made only. Not
 * safe for use by several threads at once.
 */
public final class Squares {

  private static final int CHUNK = 4096;

  private final boolean single;
  private final float[] floats;
  private final float[] floatSums;
  private final double[] doubles;
  private final double[] doubleSums;

  /** Squares of arrays of that precision. */
  public Squares(Precision precision) {
    this.single = precision == Precision.FLOAT;
    this.floats = single ? new float[CHUNK] : null;
    this.floatSums = single ? new float[CHUNK] : null;
    this.doubles = single ? null : new double[CHUNK];
    this.doubleSums = single ? null : new double[CHUNK];
  }

  /** to = x^2, for all of x; {@code to} may be longer. */
  public void set(HostArray x, HostArray to) {
    for (long start = 0; start < x.length(); start += CHUNK) {
      int count = (int) Math.min(CHUNK, x.length() - start);
      if (single) {
        x.read(start, floats, 0, count);
        square(floats, count);
        to.write(start, floats, 0, count);
      } else {
        x.read(start, doubles, 0, count);
        square(doubles, count);
        to.write(start, doubles, 0, count);
      }
    }
  }

  /** sum = sum + x^2, for all of x. */
  public void add(HostArray x, HostArray sum) {
    for (long start = 0; start < x.length(); start += CHUNK) {
      int count = (int) Math.min(CHUNK, x.length() - start);
      if (single) {
        x.read(start, floats, 0, count);
        sum.read(start, floatSums, 0, count);
        addSquares(floatSums, floats, count);
        sum.write(start, floatSums, 0, count);
      } else {
        x.read(start, doubles, 0, count);
        sum.read(start, doubleSums, 0, count);
        addSquares(doubleSums, doubles, count);
        sum.write(start, doubleSums, 0, count);
      }
    }
  }

  private static void square(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= x[i];
    }
  }

  private static void square(double[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= x[i];
    }
  }

  private static void addSquares(float[] sum, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += x[i] * x[i];
    }
  }

  private static void addSquares(double[] sum, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += x[i] * x[i];
    }
  }
}
