package io.github.sgn4j.kronecker;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.DoubleCopies;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.nd.SymmetricInverse;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Arrays;

/**
 * One side of a Kronecker product: the moving average of H H^T or H^T H over matrices H, or of its
 * diagonal where it would be too large, and a damped inverse of it. A new inverse becomes the
 * side's own by {@link #commit}.
 */
final class KroneckerSide {

  /** Room that all sides of a preconditioner work in, one after the other. */
  static final class Scratch {
    private final DoubleCopies copies = new DoubleCopies();
    private final double[] heap;
    private final SymmetricInverse inverse;

    /**
     * Room for all sides.
     *
     * @param elements of the largest average
     * @param rows of the largest one that is a matrix
     */
    Scratch(int elements, int rows) {
      heap = new double[elements];
      inverse = new SymmetricInverse(rows);
    }
  }

  private final int size;
  private final boolean isFull;
  private final int length;
  private final Scratch scratch;
  private final DoubleCopies copies;
  private final double[] heap;
  private final double[] line;
  private final HostArray average;
  private HostArray inverse;
  private HostArray nextInverse;

  /**
   * A side.
   *
   * @param size rows of the matrix
   * @param others what H has on its other side
   * @param largest size of which the whole matrix is kept, not only its diagonal
   */
  KroneckerSide(Precision precision, int size, int others, int largest, Scratch scratch) {
    this.size = size;
    // A matrix of one element is its diagonal, without the call of a product.
    this.isFull = size > 1 && size <= largest;
    this.length = elements(size, largest);
    this.scratch = scratch;
    this.copies = scratch.copies;
    this.heap = scratch.heap;
    this.line = new double[isFull ? 0 : Math.max(size, others)];
    this.average = allocate(precision, length);
    this.inverse = allocate(precision, length);
    this.nextInverse = allocate(precision, length);
  }

  private static HostArray allocate(Precision precision, int length) {
    return HostArray.of(Backend.allocate(Backend.dataType(precision), length));
  }

  boolean isFull() {
    return isFull;
  }

  /** Numbers that the average, and the inverse, are made of. */
  int elements() {
    return length;
  }

  /** The same of a side of that size. */
  static int elements(int size, int largest) {
    return size <= largest ? Math.multiplyExact(size, size) : size;
  }

  /**
   * average = decay average + H H^T for a side of rows, H^T H for one of columns.
   *
   * @param h of {@code size * others} elements, row-major
   * @param ofRows whether this side stands for the rows of H
   */
  void average(HostArray h, int others, boolean ofRows, double decay) {
    if (isFull) {
      // Half of it: the other half is made where it is needed, for an inversion.
      Blas.syrk(!ofRows, size, others, h, decay, average);
      return;
    }
    copies.read(average, 0, heap, 0, size);
    for (int i = 0; i < size; i++) {
      heap[i] *= decay;
    }
    int rows = ofRows ? size : others;
    int columns = ofRows ? others : size;
    for (int i = 0; i < rows; i++) {
      copies.read(h, (long) i * columns, line, 0, columns);
      for (int j = 0; j < columns; j++) {
        heap[ofRows ? i : j] += line[j] * line[j];
      }
    }
    copies.write(heap, 0, average, 0, size);
  }

  /** Sum of the average's diagonal. */
  double trace() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      copies.read(average, (long) i * (isFull ? size + 1 : 1), heap, 0, 1);
      sum += heap[0];
    }
    return sum;
  }

  /**
   * Makes the new inverse (factor average + damping I)^-1 of the average. It is NaN if that matrix
   * is not positive definite in double precision.
   */
  void invert(double factor, double damping) {
    copies.read(average, 0, heap, 0, length);
    for (int i = 0; i < length; i++) {
      heap[i] *= factor;
    }
    if (isFull) {
      SymmetricInverse.mirror(heap, size);
      for (int i = 0; i < length; i += size + 1) {
        heap[i] += damping;
      }
      if (!scratch.inverse.invert(size, heap)) {
        Arrays.fill(heap, 0, length, Double.NaN);
      }
    } else {
      for (int i = 0; i < size; i++) {
        heap[i] = 1 / (heap[i] + damping);
      }
    }
    copies.write(heap, 0, nextInverse, 0, length);
  }

  /** The inverse, or the new one. */
  HostArray inverse(boolean isNew) {
    return isNew ? nextInverse : inverse;
  }

  /** The inverse's diagonal where it has nothing else; a copy that lives until the next call. */
  double[] diagonalInverse(boolean isNew) {
    copies.read(inverse(isNew), 0, heap, 0, size);
    return heap;
  }

  /** The new inverse stands. */
  void commit() {
    HostArray before = inverse;
    inverse = nextInverse;
    nextInverse = before;
  }

  /** Copies average and inverse to parts of vectors that start there. */
  void save(FlatVector averages, FlatVector inverses, int start) {
    average.readInto(averages, start);
    inverse.readInto(inverses, start);
  }

  /** Takes up what {@link #save} gave. */
  void restore(FlatVector averages, FlatVector inverses, int start) {
    average.writeFrom(averages, start);
    inverse.writeFrom(inverses, start);
  }
}
