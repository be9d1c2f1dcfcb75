package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import org.ejml.data.DMatrixRMaj;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Solves (A^T A + rho I) d = -b exactly with as many unknowns as A has rows (the matrix inversion
 * lemma; Ren and Goldfarb 2019, "Efficient subsampled Gauss-Newton and natural gradient methods for
 * training neural networks"):
 *
 * <pre>
 * d = -1/rho (b - A^T (A A^T + rho I)^-1 A b)
 * </pre>
 *
 * <p>When to use: fewer rows (samples times outputs) than parameters, a few hundred; see {@link
 * SolverChoice}. A A^T comes from the factor layer by layer, or, where it has no layers, by one
 * product per row. The matrix and its factorisation are in double precision, products in the
 * factor's own: for a small rho the difference cancels, and in single precision the residual is
 * what one step of iterative refinement leaves of that. {@link #residual} is computed by a product.
 *
 * <p>The curvature must be a {@link FactorCurvature}, rho positive, and D = I: with another D, A
 * A^T would have to be formed of A D^(-1/2), which factors do not give layer by layer.
 */
public final class RowSpaceSolver extends DirectSolver {

  private final Precision precision;
  private final DMatrixRMaj column = new DMatrixRMaj(0, 1);
  private final FlatVector transposed;
  private FlatVector rows;
  private FlatVector unit;

  /** A solver for systems of that many unknowns. */
  public RowSpaceSolver(Precision precision, int dimension) {
    super(precision, dimension);
    this.precision = precision;
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
    if (system.scaling() != null) {
      throw new IllegalArgumentException(
          "a row-space solve knows no scaled damping: leave out the scaling, or use conjugate"
              + " gradients or a dense solve");
    }
  }

  @Override
  int order(LinearSystem system) {
    return factor(system).rows();
  }

  @Override
  int assemble(LinearSystem system, DMatrixRMaj result) {
    CurvatureFactor factor = factor(system);
    if (rows.length() != factor.rows()) {
      rows = FlatVector.zeros(precision, factor.rows());
    }
    int products = 1;
    if (factor.isLayered()) {
      factor.gram(result.data);
    } else {
      products = factor.rows();
      gramByProducts(factor, result);
    }
    addToDiagonal(result, system.damping());
    return products;
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
    factor.multiply(rhs, rows);
    copy(rows, column);
    factorised.solve(column, column);
    copy(column, 1, rows);
    factor.multiplyTransposed(rows, result);
    result.axpy(-1, rhs);
    result.scale(1 / system.damping());
    return 1;
  }

  private static CurvatureFactor factor(LinearSystem system) {
    return ((FactorCurvature) system.curvature()).factor();
  }
}
