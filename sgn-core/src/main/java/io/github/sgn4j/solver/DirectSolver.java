package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * What direct solvers share: assemble a matrix in double precision, factorise it (Cholesky), solve,
 * compute the residual by a product with the operator itself, and improve the solution once where
 * that residual is worse than the arithmetic allows.
 */
abstract class DirectSolver implements LinearSolver {

  // The residual, relative to b, above which a solution is improved: this power of the precision's
  // epsilon (6e-6 in single, 2e-12 in double precision).
  private static final double ACCEPTED_POWER = 0.75;
  // Java arrays hold no more than 2^31 - 1 numbers.
  private static final int LARGEST_ORDER = 46_340;

  private final DampedMatrix matrix = new DampedMatrix();
  private final double accepted;
  private final FlatVector correction;
  private FlatVector residual;
  private FlatVector spare;
  private DMatrixRMaj dense;
  private LinearSolverDense<DMatrixRMaj> cholesky;

  DirectSolver(Precision precision, int dimension) {
    residual = FlatVector.zeros(precision, dimension);
    correction = residual.like();
    spare = residual.like();
    accepted = Math.pow(precision.epsilon(), ACCEPTED_POWER);
  }

  /** Refuses systems that this solver cannot solve. */
  abstract void check(LinearSystem system);

  /** Number of rows of the matrix to factorise. */
  abstract int order(LinearSystem system);

  /**
   * Fills in that matrix; returns the products that took, a layer-by-layer assembly counting as
   * one.
   */
  abstract int assemble(LinearSystem system, DMatrixRMaj result);

  /**
   * result = -(A + rho D)^-1 rhs.
   *
   * @return the products that took
   */
  abstract int solveFactorised(
      LinearSystem system,
      LinearSolverDense<DMatrixRMaj> factorised,
      FlatVector rhs,
      FlatVector result);

  @Override
  public final FlatVector residual() {
    return residual;
  }

  @Override
  public final SolveResult solve(LinearSystem system, SolveLimits limits, FlatVector direction) {
    FlatVector b = system.b();
    matrix.set(system, residual.length());
    check(system);
    residual.assign(b);
    direction.fill(0);
    if (b.dot(b) == 0) {
      return new SolveResult(SolveReason.CONVERGED, 0, 0, b.maxAbs());
    }
    if (!b.isFinite()) {
      return new SolveResult(SolveReason.NON_FINITE, 0, 0, Double.NaN);
    }
    prepare(order(system));
    int products = assemble(system, dense);
    if (MatrixFeatures_DDRM.hasUncountable(dense)) {
      return new SolveResult(SolveReason.NON_FINITE, 0, products, Double.NaN);
    }
    if (!cholesky.setA(dense)) {
      matrix.cauchyPoint(b, direction, residual);
      return finished(SolveReason.SINGULAR, products, direction);
    }
    products += solveFactorised(system, cholesky, b, direction);
    matrix.residual(b, direction, residual);
    if (!(residual.norm() <= accepted * b.norm())) {
      products += improve(system, direction);
    }
    return finished(SolveReason.EXACT, products, direction);
  }

  private void prepare(int order) {
    if (order > LARGEST_ORDER) {
      throw new IllegalArgumentException(
          "a dense matrix of "
              + order
              + " rows does not fit an array (at most "
              + LARGEST_ORDER
              + "): use conjugate gradients, or fewer samples for a row-space solve");
    }
    if (dense == null || dense.numRows != order) {
      dense = new DMatrixRMaj(order, order);
      cholesky = LinearSolverFactory_DDRM.chol(order);
    }
  }

  /** One step of iterative refinement, taken back if it made the residual worse. */
  private int improve(LinearSystem system, FlatVector d) {
    int products = solveFactorised(system, cholesky, residual, correction);
    d.axpy(1, correction);
    matrix.residual(system.b(), d, spare);
    if (spare.norm() < residual.norm()) {
      FlatVector worse = residual;
      residual = spare;
      spare = worse;
    } else {
      d.axpy(-1, correction);
    }
    return products;
  }

  private SolveResult finished(SolveReason reason, int products, FlatVector d) {
    int all = products + matrix.products();
    double largest = residual.maxAbs();
    if (Double.isFinite(largest) && d.isFinite()) {
      return new SolveResult(reason, 0, all, largest);
    }
    d.fill(0);
    return new SolveResult(SolveReason.NON_FINITE, 0, all, Double.NaN);
  }

  /** Copies the numbers of v to the matrix, as a column. */
  static void copy(FlatVector v, DMatrixRMaj column) {
    column.reshape(v.length(), 1);
    for (int i = 0; i < v.length(); i++) {
      column.data[i] = v.get(i);
    }
  }

  /** Copies a column's numbers, each multiplied by a factor, to v. */
  static void copy(DMatrixRMaj column, double factor, FlatVector v) {
    for (int i = 0; i < v.length(); i++) {
      v.set(i, factor * column.data[i]);
    }
  }

  /** a = a + value I. */
  static void addToDiagonal(DMatrixRMaj a, double value) {
    for (int i = 0; i < a.numRows; i++) {
      a.add(i, i, value);
    }
  }

  /** a = a + factor D, D the diagonal matrix of those elements. */
  static void addToDiagonal(DMatrixRMaj a, double factor, FlatVector diagonal) {
    for (int i = 0; i < a.numRows; i++) {
      a.add(i, i, factor * diagonal.get(i));
    }
  }

  /** result = a^T a. */
  static void gram(DMatrixRMaj a, DMatrixRMaj result) {
    CommonOps_DDRM.multInner(a, result);
  }
}
