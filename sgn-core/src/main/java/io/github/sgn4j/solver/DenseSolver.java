package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import org.ejml.data.DMatrixRMaj;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Solves (A + rho D) d = -b exactly, by the P x P matrix and its Cholesky factorisation in double
 * precision.
 *
 * <p>When to use: no more than about a thousand parameters P, and a solve that would take conjugate
 * gradients a hundred iterations; see {@link SolverChoice}. The matrix comes from a layered factor
 * ({@link FactorCurvature}) where there is one and its rows fit the memory allowed, otherwise by P
 * products with unit vectors. {@link #residual} is computed by one more product.
 */
public final class DenseSolver extends DirectSolver {

  // 512 MB of doubles.
  private static final long DEFAULT_MEMORY = 512L << 20;

  private final int dimension;
  private final long memory;
  private final DMatrixRMaj column = new DMatrixRMaj(0, 1);
  private final FlatVector unit;
  private final FlatVector product;

  /** A solver for systems of that many unknowns. */
  public DenseSolver(Precision precision, int dimension) {
    this(precision, dimension, DEFAULT_MEMORY);
  }

  /**
   * A solver that takes a factor's rows only if they fit the memory.
   *
   * @param memory in bytes, for the rows alone; default 512 MB
   */
  public DenseSolver(Precision precision, int dimension, long memory) {
    super(precision, dimension);
    this.dimension = dimension;
    this.memory = memory;
    unit = FlatVector.zeros(precision, dimension);
    product = unit.like();
  }

  @Override
  void check(LinearSystem system) {
    if (!(system.damping() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("damping = " + system.damping() + ": must be finite");
    }
  }

  @Override
  int order(LinearSystem system) {
    return dimension;
  }

  @Override
  int assemble(LinearSystem system, DMatrixRMaj result) {
    int products = 1;
    if (system.curvature() instanceof FactorCurvature known && fits(known.factor())) {
      CurvatureFactor factor = known.factor();
      DMatrixRMaj rows = new DMatrixRMaj(factor.rows(), dimension);
      factor.matrix(rows.data);
      gram(rows, result);
      if (factor.ridge() != null) {
        addToDiagonal(result, 1, factor.ridge());
      }
    } else {
      products = dimension;
      multiplyUnitVectors(system.curvature(), result);
    }
    if (system.scaling() == null) {
      addToDiagonal(result, system.damping());
    } else {
      addToDiagonal(result, system.damping(), system.scaling());
    }
    return products;
  }

  private boolean fits(CurvatureFactor factor) {
    long elements = (long) factor.rows() * dimension;
    return factor.isLayered()
        && elements <= Integer.MAX_VALUE - 8
        && elements * Double.BYTES <= memory;
  }

  private void multiplyUnitVectors(CurvatureOperator curvature, DMatrixRMaj result) {
    for (int i = 0; i < dimension; i++) {
      unit.fill(0);
      unit.set(i, 1);
      curvature.apply(unit, product);
      for (int j = 0; j < dimension; j++) {
        result.data[i * dimension + j] = product.get(j);
      }
    }
  }

  @Override
  int solveFactorised(
      LinearSystem system,
      LinearSolverDense<DMatrixRMaj> factorised,
      FlatVector rhs,
      FlatVector result) {
    copy(rhs, column);
    factorised.solve(column, column);
    copy(column, -1, result);
    return 0;
  }
}
