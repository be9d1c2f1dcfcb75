package io.github.sgn4j.objective;

import java.util.Arrays;

/**
 * A contiguous vector of parameters, gradients or directions, single or double precision, on the
 * Java heap.
 *
 * <p>On the heap because plain loops over arrays vectorise while loops over native memory do not
 * (see docs/design-notes.md); objectives that compute natively copy in and out, which costs a few
 * microseconds per product. Operations allocate nothing. Scalars are doubles in both precisions,
 * and sums are accumulated in double: single-precision products are added in blocks of at most
 * {@value #FLOAT_TERMS} terms, then in double.
 *
 * <p>Two vectors in one operation must have the same precision and length. Reading from several
 * threads is safe, but for {@link #dot}, {@link #maxAbs} and {@link #isFinite}, which need scratch
 * space of the receiver.
 */
public abstract sealed class FlatVector permits FloatVector, DoubleVector {

  /** Longest run of single-precision products that {@link #dot} adds before it goes to double. */
  static final int FLOAT_TERMS = 8;

  final int offset;
  final int length;

  FlatVector(int offset, int length) {
    this.offset = offset;
    this.length = length;
  }

  /** A zero vector. */
  public static FlatVector zeros(Precision precision, int length) {
    return precision == Precision.FLOAT
        ? new FloatVector(new float[length], 0, length)
        : new DoubleVector(new double[length], 0, length);
  }

  /** A zero vector of that space's dimension. */
  public static FlatVector zeros(Precision precision, ParameterSpace space) {
    return zeros(precision, space.dimension());
  }

  /** A vector of these values, rounded to the precision; a copy. */
  public static FlatVector of(Precision precision, double... values) {
    FlatVector vector = zeros(precision, values.length);
    for (int i = 0; i < values.length; i++) {
      vector.set(i, values[i]);
    }
    return vector;
  }

  /** Number of elements. */
  public final int length() {
    return length;
  }

  /** This vector's precision. */
  public abstract Precision precision();

  /** Element i. */
  public abstract double get(int i);

  /** Sets element i, rounded to the precision. */
  public abstract void set(int i, double value);

  /** Sets every element. */
  public abstract void fill(double value);

  /** this = other. */
  public abstract void assign(FlatVector other);

  /** this = a * this. */
  public abstract void scale(double a);

  /** this = this + a * x. */
  public abstract void axpy(double a, FlatVector x);

  /** this = a * x + b * this. */
  public abstract void axpby(double a, FlatVector x, double b);

  /**
   * this = this + a * x; then the inner product of the new value with x. One pass over memory for
   * two.
   */
  public abstract double axpyDot(double a, FlatVector x);

  /**
   * this = this + a * x; then the squared Euclidean norm of the new value. One pass over memory for
   * two.
   */
  public abstract double axpyNormSquared(double a, FlatVector x);

  /** this = this * x, elementwise. */
  public abstract void multiply(FlatVector x);

  /** this = this + x * y, elementwise. */
  public abstract void addProduct(FlatVector x, FlatVector y);

  /** The inner product with x. */
  public abstract double dot(FlatVector x);

  /** The largest absolute value; NaN if any element is NaN. */
  public abstract double maxAbs();

  /** Whether no element is NaN or infinite. */
  public abstract boolean isFinite();

  /** The elements from start on that share this vector's storage: writes go both ways. */
  public abstract FlatVector view(int start, int count);

  /** The Euclidean norm. */
  public final double norm() {
    return Math.sqrt(dot(this));
  }

  /** The named parameter's part of this vector, sharing its storage. */
  public final FlatVector view(Parameter parameter) {
    return view(parameter.offset(), parameter.length());
  }

  /** A copy with its own storage. */
  public final FlatVector copy() {
    FlatVector copy = zeros(precision(), length);
    copy.assign(this);
    return copy;
  }

  /** A zero vector of the same precision and length. */
  public final FlatVector like() {
    return zeros(precision(), length);
  }

  /** The elements as doubles; a copy. */
  public final double[] toDoubleArray() {
    double[] values = new double[length];
    Arrays.setAll(values, this::get);
    return values;
  }

  final void checkRange(int start, int count) {
    if (start < 0 || count < 0 || start > length - count) {
      throw new IndexOutOfBoundsException(
          "elements " + start + " to " + (start + (long) count) + " of a vector of " + length);
    }
  }

  final void checkSame(FlatVector x) {
    if (x.length != length || x.precision() != precision()) {
      throw new IllegalArgumentException(
          "a vector of "
              + x.length
              + " "
              + x.precision()
              + " does not go with one of "
              + length
              + " "
              + precision());
    }
  }
}
