package io.github.sgn4j.nd;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Inverses of symmetric positive definite matrices in double precision, by halves: with W = A^-1 B
 * and the Schur complement S = D - B^T W,
 *
 * <pre>
 * [A   B]^-1   [A^-1 + W S^-1 W^T   -W S^-1]
 * [B^T D]    = [-S^-1 W^T            S^-1  ]
 * </pre>
 *
 * <p>so that all but small blocks is matrix products. Not LAPACK: the Cholesky factorisation of the
 * OpenBLAS that ND4J 1.0.0-M2.1 brings gives wrong results, or crashes, from 64 rows on where it
 * takes kernels for AVX-512. On the host only; serves one thread at a time.
 */
public final class SymmetricInverse {

  private static final int BLOCK = 64;
  private static final int TILE = 32;

  private final HostArray matrix;
  private final HostArray work;
  // As many as one product needs: each has a position of its own.
  private final DoublePointer inMatrix;
  private final DoublePointer alsoInMatrix;
  private final DoublePointer inWork;
  private final DMatrixRMaj block = new DMatrixRMaj(BLOCK, BLOCK);
  private final DMatrixRMaj inverse = new DMatrixRMaj(BLOCK, BLOCK);
  private int stride;

  /** Room for matrices of up to so many rows. */
  public SymmetricInverse(int mostRows) {
    int length = Math.multiplyExact(mostRows, mostRows);
    matrix = HostArray.of(Backend.allocate(DataType.DOUBLE, length));
    // The products W of all levels: a quarter of the matrix, and a quarter of a quarter each time.
    work = HostArray.of(Backend.allocate(DataType.DOUBLE, length / 3 + mostRows + 1));
    inMatrix = new DoublePointer(matrix.doubles());
    alsoInMatrix = new DoublePointer(matrix.doubles());
    inWork = new DoublePointer(work.doubles());
  }

  /**
   * Overwrites a matrix by its inverse.
   *
   * @param elements its first rows * rows elements, all of them
   * @return whether the matrix is positive definite and finite; undefined elements if not
   */
  public boolean invert(int rows, double[] elements) {
    int length = rows * rows;
    matrix.write(0, elements, 0, length);
    stride = rows;
    if (!invert(0, rows, 0)) {
      return false;
    }
    matrix.read(0, elements, 0, length);
    mirror(elements, rows);
    return true;
  }

  /** Inverts the square from that element of the diagonal on; both halves of it. */
  private boolean invert(int first, int size, long workFrom) {
    if (size <= BLOCK) {
      return invertBlock(first, size);
    }
    int m = size / 2;
    int n = size - m;
    int second = first + m;
    if (!invert(first, m, workFrom)) {
      return false;
    }
    long a = at(first, first);
    long b = at(first, second);
    long c = at(second, first);
    long d = at(second, second);
    // W = A^-1 B
    DoublePointer w = inWork.position(workFrom);
    multiply(false, false, m, n, m, 1, one(a), stride, other(b), stride, 0, w, n);
    // S = D - B^T W
    multiply(true, false, n, n, m, -1, one(b), stride, w, n, 1, other(d), stride);
    if (!invert(second, n, workFrom + (long) m * n)) {
      return false;
    }
    w = inWork.position(workFrom);
    multiply(false, false, m, n, n, -1, w, n, one(d), stride, 0, other(b), stride);
    multiply(false, true, n, m, n, -1, one(d), stride, w, n, 0, other(c), stride);
    multiply(false, true, m, m, n, -1, one(b), stride, w, n, 1, other(a), stride);
    return true;
  }

  private long at(int i, int j) {
    return (long) i * stride + j;
  }

  private DoublePointer one(long element) {
    return inMatrix.position(element);
  }

  private DoublePointer other(long element) {
    return alsoInMatrix.position(element);
  }

  private static void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      DoublePointer a,
      int lda,
      DoublePointer b,
      int ldb,
      double beta,
      DoublePointer c,
      int ldc) {
    int ta = transposeA ? CblasTrans : CblasNoTrans;
    int tb = transposeB ? CblasTrans : CblasNoTrans;
    openblas.cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
  }

  private boolean invertBlock(int first, int size) {
    block.reshape(size, size);
    for (int i = 0; i < size; i++) {
      matrix.read(at(first + i, first), block.data, i * size, size);
    }
    // NaN passes through the factorisation, into every element.
    if (!CommonOps_DDRM.invertSPD(block, inverse) || !Double.isFinite(inverse.data[0])) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      matrix.write(at(first + i, first), inverse.data, i * size, size);
    }
    return true;
  }

  /** Copies what is below the diagonal to what is above, tile by tile for the cache's sake. */
  public static void mirror(double[] matrix, int rows) {
    for (int top = 0; top < rows; top += TILE) {
      int bottom = Math.min(rows, top + TILE);
      for (int left = 0; left <= top; left += TILE) {
        for (int i = top; i < bottom; i++) {
          int end = Math.min(i, left + TILE);
          for (int j = left; j < end; j++) {
            matrix[j * rows + i] = matrix[i * rows + j];
          }
        }
      }
    }
  }
}
