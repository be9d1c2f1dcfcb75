package io.github.sgn4j.kronecker;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.objective.Precision;
import java.util.Arrays;

/**
 * The inverse of one parameter's damped curvature block, C + rho I, with C taken for a Kronecker
 * product A (x) B / trace of A = E[H H^T] and B = E[H^T H], H the parameter's part of a probe h
 * with E[h h^T] = C, seen as a matrix.
 */
final class KroneckerBlock {

  /** Damping relative to the block's mean curvature that the factorisations always have. */
  private static final double LEAST_DAMPING = 1e-10;

  private final int offset;
  private final int rows;
  private final int columns;
  private final KroneckerSide left;
  private final KroneckerSide right;
  private final HostArray matrix;
  private final HostArray product;

  KroneckerBlock(
      Parameter parameter,
      Precision precision,
      KroneckerLimits limits,
      KroneckerSide.Scratch scratch) {
    this.offset = parameter.offset();
    this.rows = rows(parameter.shape());
    this.columns = parameter.length() / rows;
    this.left = new KroneckerSide(precision, rows, columns, limits.rowsBeside(columns), scratch);
    this.right = new KroneckerSide(precision, columns, rows, limits.columns(), scratch);
    this.matrix = HostArray.of(Backend.allocate(Backend.dataType(precision), parameter.length()));
    this.product = HostArray.of(Backend.allocate(Backend.dataType(precision), parameter.length()));
  }

  /**
   * Rows of the matrix that a tensor is taken for: its first axis against the rest, or the rest
   * against its last, whichever has the smaller larger side. That puts a filter's outputs on one
   * side, at whichever end of the shape they stand. A vector, with axes of length one or without,
   * is one column: of biases the whole block is kept.
   */
  static int rows(long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    if (Arrays.stream(shape).filter(size -> size > 1).count() < 2) {
      return (int) length;
    }
    long first = shape[0];
    long last = shape[shape.length - 1];
    boolean splitsFirst = Math.max(first, length / first) < Math.max(last, length / last);
    return (int) (splitsFirst ? first : length / last);
  }

  /** Numbers that the averages, and the inverses, are made of. */
  long elements() {
    return (long) left.elements() + right.elements();
  }

  /** Takes a probe into the averages, which are sums of probes scaled by 1 - decay. */
  void average(FlatVector scaledProbe, double decay) {
    matrix.writeFrom(scaledProbe, offset);
    left.average(matrix, columns, true, decay);
    right.average(matrix, rows, false, decay);
  }

  /**
   * Makes new inverses. The damping is split between the sides in proportion to the means of their
   * eigenvalues (Martens and Grosse 2015, section 6.3).
   *
   * @param correction of the averages for their start at 0
   * @param damping rho, 0 or more
   */
  void invert(double correction, double damping) {
    double trace = left.trace() * correction;
    double mean = trace / ((double) rows * columns);
    double root = Math.sqrt(Math.max(damping, LEAST_DAMPING * mean));
    double split = Math.sqrt((double) columns / rows);
    double factor = trace > 0 ? correction / Math.sqrt(trace) : 0;
    if (root == 0) {
      // No curvature and no damping: as good as any.
      root = 1;
    }
    left.invert(factor, root * split);
    right.invert(factor, root / split);
  }

  /**
   * y = left^-1 r right^-1 for this block's part of the vectors, but for sides that are diagonals:
   * their part is in {@link #diagonals}.
   */
  void apply(FlatVector r, FlatVector y, boolean withNew) {
    HostArray from = matrix;
    HostArray to = product;
    from.writeFrom(r, offset);
    if (left.isFull()) {
      if (columns == 1) {
        Blas.gemv(rows, rows, left.inverse(withNew), from, 0, to);
      } else {
        Blas.gemm(false, false, rows, columns, rows, left.inverse(withNew), from, 0, to);
      }
      from = product;
      to = matrix;
    }
    if (right.isFull()) {
      Blas.gemm(false, false, rows, columns, columns, from, right.inverse(withNew), 0, to);
      from = to;
    }
    from.readInto(y, offset);
  }

  /** Sets this block's part of the elementwise factors: what sides that are diagonals do to y. */
  void diagonals(FlatVector factors, boolean withNew) {
    for (int i = 0; i < rows * columns; i++) {
      factors.set(offset + i, 1);
    }
    if (!left.isFull()) {
      scale(factors, left.diagonalInverse(withNew), true);
    }
    if (!right.isFull()) {
      scale(factors, right.diagonalInverse(withNew), false);
    }
  }

  private void scale(FlatVector y, double[] factors, boolean ofRows) {
    for (int i = 0, at = offset; i < rows; i++) {
      for (int j = 0; j < columns; j++, at++) {
        y.set(at, y.get(at) * factors[ofRows ? i : j]);
      }
    }
  }

  void commit() {
    left.commit();
    right.commit();
  }

  void save(FlatVector averages, FlatVector inverses, int start) {
    left.save(averages, inverses, start);
    right.save(averages, inverses, start + left.elements());
  }

  void restore(FlatVector averages, FlatVector inverses, int start) {
    left.restore(averages, inverses, start);
    right.restore(averages, inverses, start + left.elements());
  }

  /** Mean of this block's part of a vector. */
  double mean(FlatVector vector) {
    double sum = 0;
    for (int i = 0; i < rows * columns; i++) {
      sum += vector.get(offset + i);
    }
    return sum / ((double) rows * columns);
  }
}
