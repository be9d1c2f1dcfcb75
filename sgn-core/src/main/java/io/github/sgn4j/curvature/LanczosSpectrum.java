package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues of a curvature matrix that is known by its products: k steps of the Lanczos process
 * from a random start, with full reorthogonalisation (Golub and Van Loan, section 10.3).
 *
 * <pre>
 * w = A q_j,  alpha_j = q_j.w,  w orthogonal to q_1 ... q_j,  beta_j = |w|,  q_(j+1) = w / beta_j
 * T = tridiag(beta, alpha, beta) = S diag(theta) S^T
 * </pre>
 *
 * <p>The Ritz values theta approximate eigenvalues of A, the extreme ones first. Full
 * reorthogonalisation costs k^2 inner products and k + 1 vectors of memory, and spares the copies
 * of eigenvalues that the plain recursion makes up. Sums and T are in double precision whatever
 * that of the vectors is.
 *
 * <p>It makes its vectors once and serves one thread at a time.
 */
public final class LanczosSpectrum {

  private final OrthonormalBasis basis;
  private final FlatVector work;
  private final FlatVector product;
  private final double[] alpha;
  private final double[] beta;

  /**
   * For matrices of that dimension.
   *
   * @param steps k, at least 1; more than the dimension are not done
   */
  public LanczosSpectrum(Precision precision, int dimension, int steps) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension = " + dimension + ": must be at least 1");
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + ": must be at least 1");
    }
    int most = Math.min(steps, dimension);
    basis = new OrthonormalBasis(precision, dimension, most);
    work = FlatVector.zeros(precision, dimension);
    product = work.like();
    alpha = new double[most];
    beta = new double[most];
  }

  /**
   * The Ritz values from one start.
   *
   * @param operator symmetric, definite or not
   * @param seed of the normally distributed start
   * @throws IllegalArgumentException if the operator has another dimension or gives a product that
   *     is not finite
   */
  public RitzValues ritzValues(CurvatureOperator operator, long seed) {
    requireDimension(operator);
    return decompose(iterate(operator, new Random(seed)));
  }

  /**
   * The spectral density by stochastic Lanczos quadrature (Ghorbani, Krishnan and Xiao 2019,
   * section 2): the mean over starts of the densities with masses at the Ritz values, each the
   * squared first element of its eigenvector of T.
   *
   * @param starts at least 1; ten make a picture of a matrix of thousands
   * @throws IllegalArgumentException as for {@link #ritzValues}
   */
  public SpectralDensity density(CurvatureOperator operator, int starts, long seed) {
    requireDimension(operator);
    if (starts < 1) {
      throw new IllegalArgumentException("starts = " + starts + ": must be at least 1");
    }
    Random random = new Random(seed);
    RitzValues[] runs = new RitzValues[starts];
    for (int i = 0; i < starts; i++) {
      runs[i] = decompose(iterate(operator, random));
    }
    return SpectralDensity.mean(runs);
  }

  private void requireDimension(CurvatureOperator operator) {
    if (operator.dimension() != work.length()) {
      throw new IllegalArgumentException(
          "an operator of dimension "
              + operator.dimension()
              + " does not go with vectors of "
              + work.length());
    }
  }

  /** Fills alpha and beta; returns the number of steps done. */
  private int iterate(CurvatureOperator operator, Random random) {
    basis.clear();
    for (int i = 0; i < work.length(); i++) {
      work.set(i, random.nextGaussian());
    }
    basis.add(work, work.norm());
    double scale = 0;
    for (int j = 0; ; j++) {
      FlatVector q = basis.get(j);
      operator.apply(q, product);
      alpha[j] = q.dot(product);
      basis.removeFrom(product);
      beta[j] = product.norm();
      if (!Double.isFinite(alpha[j]) || !Double.isFinite(beta[j])) {
        throw new IllegalArgumentException(
            "product "
                + (j + 1)
                + " of the operator has elements that are NaN or infinite; look at theta, the"
                + " batch and the precision");
      }
      scale = Math.max(scale, Math.abs(alpha[j]) + beta[j]);
      // What rounding leaves of a vector that lies in the span: the span is invariant.
      boolean invariant = beta[j] <= 10 * work.precision().epsilon() * scale;
      if (invariant || j + 1 == alpha.length) {
        return j + 1;
      }
      basis.add(product, beta[j]);
    }
  }

  private RitzValues decompose(int size) {
    DMatrixRMaj t = new DMatrixRMaj(size, size);
    for (int j = 0; j < size; j++) {
      t.set(j, j, alpha[j]);
      if (j + 1 < size) {
        t.set(j, j + 1, beta[j]);
        t.set(j + 1, j, beta[j]);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(t)) {
      throw new IllegalStateException(
          "the eigenvalues of a tridiagonal matrix of " + size + " rows were not found");
    }
    return RitzValues.of(eigen, size, beta[size - 1]);
  }
}
