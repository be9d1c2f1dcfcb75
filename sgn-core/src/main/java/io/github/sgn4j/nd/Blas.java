package io.github.sgn4j.nd;

import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import io.github.sgn4j.objective.Precision;
import org.bytedeco.openblas.global.openblas;

/** Row-major matrix products on host arrays; both operands and the result of one precision. */
public final class Blas {

  private Blas() {}

  /**
   * C = op(A) op(B) + beta C, with op(A) m x k, op(B) k x n and C m x n, all dense row-major.
   *
   * @param beta 0 overwrites C (whatever it held), 1 accumulates
   */
  public static void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      HostArray a,
      HostArray b,
      double beta,
      HostArray c) {
    int lda = transposeA ? m : k;
    int ldb = transposeB ? k : n;
    int ta = transposeA ? CblasTrans : CblasNoTrans;
    int tb = transposeB ? CblasTrans : CblasNoTrans;
    if (c.precision() == Precision.FLOAT) {
      openblas.cblas_sgemm(
          CblasRowMajor,
          ta,
          tb,
          m,
          n,
          k,
          1f,
          a.floats(),
          lda,
          b.floats(),
          ldb,
          (float) beta,
          c.floats(),
          n);
    } else {
      openblas.cblas_dgemm(
          CblasRowMajor,
          ta,
          tb,
          m,
          n,
          k,
          1.0,
          a.doubles(),
          lda,
          b.doubles(),
          ldb,
          beta,
          c.doubles(),
          n);
    }
  }

  /**
   * C = op(A) op(B) + beta C on parts of larger arrays. The three must be different objects, even
   * where they see the same array.
   *
   * @param aFrom the element where A starts
   * @param lda elements from one row of A, as it lies, to the next
   */
  public static void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      HostArray a,
      long aFrom,
      int lda,
      HostArray b,
      long bFrom,
      int ldb,
      double beta,
      HostArray c,
      long cFrom,
      int ldc) {
    int ta = transposeA ? CblasTrans : CblasNoTrans;
    int tb = transposeB ? CblasTrans : CblasNoTrans;
    if (c.precision() == Precision.FLOAT) {
      openblas.cblas_sgemm(
          CblasRowMajor,
          ta,
          tb,
          m,
          n,
          k,
          1f,
          a.floatsAt(aFrom),
          lda,
          b.floatsAt(bFrom),
          ldb,
          (float) beta,
          c.floatsAt(cFrom),
          ldc);
    } else {
      openblas.cblas_dgemm(
          CblasRowMajor,
          ta,
          tb,
          m,
          n,
          k,
          1.0,
          a.doublesAt(aFrom),
          lda,
          b.doublesAt(bFrom),
          ldb,
          beta,
          c.doublesAt(cFrom),
          ldc);
    }
  }

  /**
   * The lower half, diagonal included, of C = op(A) op(A)^T + beta C, with op(A) n x k; the upper
   * half is left alone.
   *
   * @param beta 0 overwrites C's lower half (whatever it held), 1 accumulates
   */
  public static void syrk(boolean transpose, int n, int k, HostArray a, double beta, HostArray c) {
    int lda = transpose ? n : k;
    int t = transpose ? CblasTrans : CblasNoTrans;
    if (c.precision() == Precision.FLOAT) {
      openblas.cblas_ssyrk(
          CblasRowMajor, CblasLower, t, n, k, 1f, a.floats(), lda, (float) beta, c.floats(), n);
    } else {
      openblas.cblas_dsyrk(
          CblasRowMajor, CblasLower, t, n, k, 1.0, a.doubles(), lda, beta, c.doubles(), n);
    }
  }

  /** y = A x + beta y, with A rows x columns row-major. */
  public static void gemv(
      int rows, int columns, HostArray a, HostArray x, double beta, HostArray y) {
    gemv(CblasNoTrans, rows, columns, a, x, beta, y);
  }

  /** y = A^T x + beta y, with A rows x columns row-major: with x = 1, the sums of A's columns. */
  public static void gemvTransposed(
      int rows, int columns, HostArray a, HostArray x, double beta, HostArray y) {
    gemv(CblasTrans, rows, columns, a, x, beta, y);
  }

  private static void gemv(
      int transpose, int rows, int columns, HostArray a, HostArray x, double beta, HostArray y) {
    if (y.precision() == Precision.FLOAT) {
      openblas.cblas_sgemv(
          CblasRowMajor,
          transpose,
          rows,
          columns,
          1f,
          a.floats(),
          columns,
          x.floats(),
          1,
          (float) beta,
          y.floats(),
          1);
    } else {
      openblas.cblas_dgemv(
          CblasRowMajor,
          transpose,
          rows,
          columns,
          1.0,
          a.doubles(),
          columns,
          x.doubles(),
          1,
          beta,
          y.doubles(),
          1);
    }
  }
}
