package io.github.sgn4j.solver;

/**
 * How slow a machine does a direct solver's operations: time per floating-point operation, over
 * that of a Gauss-Newton product's.
 *
 * @param assembly of the matrix A A^T or A^T A, per multiplication or addition if all of the
 *     symmetric matrix were computed
 * @param factorisation of a matrix of n rows, of n^3 / 3 operations
 */
public record SolveRates(double assembly, double factorisation) {

  /**
   * Fitted to times of exact solves with LAPACK and of products, in one precision and thread
   * (networks of 901, 11,601 and 16,750 parameters, 50 to 1000 rows): 11 of 12 within a factor of
   * 1.4, the last within 1.7. Pure Java factorisations are slower, see docs/design-notes.md.
   */
  public static final SolveRates NATIVE = new SolveRates(0.6, 1.7);

  /**
   * What this library's own direct solves take, which factorise with EJML, in plain Java and double
   * precision, and put a factor's Gram matrix together in Java: 2 and 10 GFlop/s where a product of
   * the Boston network reaches 140 (docs/design-notes.md).
   */
  public static final SolveRates JAVA = new SolveRates(15, 60);

  /** Checks the ranges. */
  public SolveRates {
    require("assembly", assembly);
    require("factorisation", factorisation);
  }

  private static void require(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " = " + value + ": must be positive and finite");
    }
  }
}
