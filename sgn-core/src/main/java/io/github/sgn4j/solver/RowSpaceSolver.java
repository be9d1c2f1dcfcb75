package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Solves (A^T A + E) d = -b, E a positive diagonal, exactly with as many unknowns as A has rows
 * (the matrix inversion lemma; Ren and Goldfarb 2019, "Efficient subsampled Gauss-Newton and
 * natural gradient methods for training neural networks"):
 *
 * <pre>
 * d = -1/e (b - A^T (A A^T + e I)^-1 A b)                    E = e I
 * d = -E^-1 (b - A^T (A E^-1 A^T + I)^-1 A E^-1 b)           any E
 * </pre>
 *
 * <p>E is rho D and the factor's ridge together: e I for D = I and no ridge, or one that is the
 * same for all parameters.
 *
 * <p>When to use: fewer rows (samples times outputs) than parameters, a few hundred; see {@link
 * SolverChoice}. A A^T comes from the factor layer by layer, or, where it has no layers, by one
 * product per row. A E^-1 A^T, and A A^T of a group of batches, are not to be had layer by layer:
 * they take all rows of A where they fit 512 MB (and the factor is layered), else one product per
 * row. The matrix and its factorisation are in double precision, products in the factor's own: for
 * a small rho the difference cancels, and in single precision the residual is what one step of
 * iterative refinement leaves of that. {@link #residual} is computed by a product.
 *
 * <p>The curvature must be a {@link FactorCurvature} and rho positive.
 */
public final class RowSpaceSolver extends DirectSolver {

  private static final long ROWS_MEMORY = 512L << 20;

  private final Precision precision;
  private final long rowsMemory;
  private final AddedDiagonal added;
  private final DMatrixRMaj column = new DMatrixRMaj(0, 1);
  private final FlatVector transposed;
  private FlatVector rows;
  private FlatVector unit;

  /** A solver for systems of that many unknowns. */
  public RowSpaceSolver(Precision precision, int dimension) {
    this(precision, dimension, ROWS_MEMORY);
  }

  /**
   * A solver with another limit.
   *
   * @param rowsMemory in bytes, for all rows of A
   */
  RowSpaceSolver(Precision precision, int dimension, long rowsMemory) {
    super(precision, dimension);
    this.precision = precision;
    this.rowsMemory = rowsMemory;
    added = new AddedDiagonal(precision, dimension);
    transposed = FlatVector.zeros(precision, dimension);
    rows = FlatVector.zeros(precision, 0);
    unit = rows;
  }

  @Override
  void check(LinearSystem system) {
    if (!(system.curvature() instanceof FactorCurvature)) {
      throw new IllegalArgumentException(
          "a row-space solve needs the curvature's factor, a FactorCurvature, not a "
              + system.curvature().getClass().getSimpleName()
              + ": use conjugate gradients");
    }
    if (!(system.damping() > 0 && system.damping() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "damping = "
              + system.damping()
              + ": a row-space solve needs a positive, finite one; raise its minimum");
    }
  }

  @Override
  int order(LinearSystem system) {
    return factor(system).rows();
  }

  @Override
  int assemble(LinearSystem system, DMatrixRMaj result) {
    CurvatureFactor factor = factor(system);
    added.set(system.damping(), system.scaling(), factor.ridge());
    if (rows.length() != factor.rows()) {
      rows = FlatVector.zeros(precision, factor.rows());
    }
    int products = 1;
    boolean byRows = !added.isUniform() || factor.gramNeedsRows();
    if (!factor.isLayered() || (byRows && !fits(factor, rowsMemory))) {
      products = factor.rows();
      gramByProducts(factor, result);
    } else if (added.isUniform()) {
      factor.gram(result.data);
    } else {
      scaledGram(factor, result);
    }
    addToDiagonal(result, added.isUniform() ? added.uniform() : 1);
    return products;
  }

  /** Whether all rows of A fit so many bytes. */
  static boolean fits(CurvatureFactor factor, long memory) {
    return Double.BYTES * (double) factor.rows() * factor.dimension() <= memory;
  }

  private void scaledGram(CurvatureFactor factor, DMatrixRMaj result) {
    DMatrixRMaj all = new DMatrixRMaj(factor.rows(), factor.dimension());
    factor.matrix(all.data);
    CommonOps_DDRM.multCols(all, added.inverseRoots());
    CommonOps_DDRM.multOuter(all, result);
  }

  private void gramByProducts(CurvatureFactor factor, DMatrixRMaj result) {
    int n = factor.rows();
    if (unit.length() != n) {
      unit = rows.like();
    }
    for (int i = 0; i < n; i++) {
      unit.fill(0);
      unit.set(i, 1);
      factor.multiplyTransposed(unit, transposed);
      added.divideUnlessUniform(transposed);
      factor.multiply(transposed, rows);
      for (int j = 0; j < n; j++) {
        result.data[i * n + j] = rows.get(j);
      }
    }
  }

  @Override
  int solveFactorised(
      LinearSystem system,
      LinearSolverDense<DMatrixRMaj> factorised,
      FlatVector rhs,
      FlatVector result) {
    CurvatureFactor factor = factor(system);
    transposed.assign(rhs);
    added.divideUnlessUniform(transposed);
    factor.multiply(transposed, rows);
    copy(rows, column);
    factorised.solve(column, column);
    copy(column, 1, rows);
    factor.multiplyTransposed(rows, result);
    result.axpy(-1, rhs);
    if (added.isUniform()) {
      result.scale(1 / added.uniform());
    } else {
      added.divideUnlessUniform(result);
    }
    return 1;
  }

  private static CurvatureFactor factor(LinearSystem system) {
    return ((FactorCurvature) system.curvature()).factor();
  }
}
