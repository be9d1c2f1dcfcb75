package io.github.sgn4j.solver;

import java.util.Locale;

/**
 * Chooses a solver by what it is estimated to cost. Costs are in units of one Gauss-Newton product;
 * infinite where the memory does not suffice.
 *
 * <pre>
 * product             8 N P + 150 N sum(n_out)                 operations
 * conjugate gradients iterations products
 * row space           2 products + 2 N^2 sum(n_in + K^2 n_out) + (N K)^3 / 3
 * dense               1 product + 2 N K P^2 + P^3 / 3
 * </pre>
 *
 * <p>The second term of a product stands for activations, which narrow layers spend most of their
 * time on. Operations of direct solves are weighted by {@link SolveRates}. Without layers a row
 * space takes N K products, and a dense matrix P, instead of the quadratic terms.
 *
 * <p>With {@link SolveRates#NATIVE} and 10 iterations this gives the row space up to about 400 rows
 * (800 of a network of 10,000 parameters with one output), and the dense matrix up to about 1,000
 * parameters where 60 to 100 iterations would be wanted and there are more rows than parameters.
 *
 * @param method the cheapest; of equals the first
 * @param conjugateGradient its cost
 * @param rowSpace its cost; for rho &gt; 0, D = I and no ridge or one that is the same for all,
 *     which is the caller's to see to
 * @param dense its cost
 * @param reason for the choice, a sentence
 */
public record SolverChoice(
    Method method, double conjugateGradient, double rowSpace, double dense, String reason) {

  /** The solvers to choose from. */
  public enum Method {
    /** {@link ConjugateGradient}. */
    CONJUGATE_GRADIENT,
    /** {@link RowSpaceSolver}. */
    ROW_SPACE,
    /** {@link DenseSolver}. */
    DENSE
  }

  private static final double OPERATIONS_PER_ACTIVATION = 150;

  /** The choice at {@link SolveRates#NATIVE}. */
  public static SolverChoice of(SolveWorkload workload) {
    return of(workload, SolveRates.NATIVE);
  }

  /** The choice at those rates. */
  public static SolverChoice of(SolveWorkload workload, SolveRates rates) {
    double iterations = workload.iterations();
    double rowSpace = rowSpace(workload, rates);
    double dense = dense(workload, rates);
    Method method =
        iterations <= Math.min(rowSpace, dense)
            ? Method.CONJUGATE_GRADIENT
            : rowSpace <= dense ? Method.ROW_SPACE : Method.DENSE;
    return new SolverChoice(
        method, iterations, rowSpace, dense, reason(method, workload, rowSpace, dense));
  }

  /** Operations of one product. */
  private static double product(SolveWorkload workload) {
    return workload.samples()
        * (8.0 * workload.parameters() + OPERATIONS_PER_ACTIVATION * workload.outputSum());
  }

  private static double rowSpace(SolveWorkload workload, SolveRates rates) {
    double n = workload.samples();
    double k = workload.outputs();
    double rows = workload.rows();
    if (Double.BYTES * rows * rows > workload.memory()) {
      return Double.POSITIVE_INFINITY;
    }
    double factorisation = rates.factorisation() * rows * rows * rows / 3;
    if (!workload.layered()) {
      return 2 + rows + factorisation / product(workload);
    }
    double assembly =
        rates.assembly() * 2 * n * n * (workload.inputSum() + k * k * workload.outputSum());
    return 2 + (assembly + factorisation) / product(workload);
  }

  private static double dense(SolveWorkload workload, SolveRates rates) {
    double p = workload.parameters();
    double rows = workload.rows();
    double left = workload.memory() - Double.BYTES * p * p;
    if (left < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double factorisation = rates.factorisation() * p * p * p / 3 / product(workload);
    double byProducts = 1 + p + factorisation;
    if (!workload.layered() || Double.BYTES * rows * p > left) {
      return byProducts;
    }
    return 1 + rates.assembly() * 2 * rows * p * p / product(workload) + factorisation;
  }

  private static String reason(
      Method method, SolveWorkload workload, double rowSpace, double dense) {
    return switch (method) {
      case CONJUGATE_GRADIENT ->
          String.format(
              Locale.ROOT,
              "%d conjugate gradient iterations cost no more than %s in the row space (%d rows) or"
                  + " %s with the dense matrix (%d parameters)",
              workload.iterations(),
              products(rowSpace),
              workload.rows(),
              products(dense),
              workload.parameters());
      case ROW_SPACE ->
          String.format(
              Locale.ROOT,
              "an exact solve with %d rows costs about %s, less than %d conjugate gradient"
                  + " iterations",
              workload.rows(),
              products(rowSpace),
              workload.iterations());
      case DENSE ->
          String.format(
              Locale.ROOT,
              "an exact solve with %d parameters costs about %s, less than %d conjugate gradient"
                  + " iterations",
              workload.parameters(),
              products(dense),
              workload.iterations());
    };
  }

  private static String products(double cost) {
    return Double.isInfinite(cost)
        ? "more memory than there is"
        : String.format(Locale.ROOT, "%.3g products", cost);
  }
}
