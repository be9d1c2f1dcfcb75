package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.FactorCurvature;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Solves by whichever of {@link ConjugateGradient}, {@link RowSpaceSolver} and {@link DenseSolver}
 * is estimated to be the cheapest for the system at hand ({@link SolverChoice}). The choice is made
 * anew when the curvature's batch or the limit of iterations changes, and logged with its reason.
 */
public final class AutomaticSolver implements LinearSolver {

  private static final Logger LOG = LoggerFactory.getLogger(AutomaticSolver.class);

  private final Precision precision;
  private final int dimension;
  private final List<SolveWorkload.Layer> layers;
  private final long memory;
  private final SolveRates rates;
  private final ConjugateGradient conjugateGradient;
  private RowSpaceSolver rowSpace;
  private DenseSolver dense;
  private SolveWorkload workload;
  private SolverChoice choice;
  private LinearSolver last;

  /**
   * A solver for a model's parameters.
   *
   * @param memory in bytes, for the matrices of direct solves
   */
  public AutomaticSolver(Precision precision, ParameterSpace parameters, long memory) {
    this(precision, parameters, memory, SolveRates.JAVA);
  }

  /**
   * A solver that weighs costs by other rates.
   *
   * @param memory in bytes, for the matrices of direct solves
   */
  public AutomaticSolver(
      Precision precision, ParameterSpace parameters, long memory, SolveRates rates) {
    this.rates = rates;
    this.precision = precision;
    this.dimension = parameters.dimension();
    this.layers =
        parameters.all().stream()
            .filter(AutomaticSolver::isWeight)
            .map(p -> new SolveWorkload.Layer((int) p.shape()[0], (int) p.shape()[1]))
            .toList();
    this.memory = memory;
    conjugateGradient = new ConjugateGradient(precision, dimension);
    last = conjugateGradient;
  }

  private static boolean isWeight(Parameter parameter) {
    return parameter.shape().length == 2 && parameter.shape()[0] > 1;
  }

  @Override
  public SolveResult solve(LinearSystem system, SolveLimits limits, FlatVector direction) {
    last = choose(system, limits);
    return last.solve(system, limits, direction);
  }

  private LinearSolver choose(LinearSystem system, SolveLimits limits) {
    if (!(system.curvature() instanceof FactorCurvature known)) {
      return conjugateGradient;
    }
    CurvatureFactor factor = known.factor();
    SolveWorkload wanted =
        new SolveWorkload(
            dimension,
            factor.rows() / factor.columns(),
            factor.columns(),
            layers,
            limits.maxIterations(),
            memory,
            hasCheapGram(factor));
    if (!wanted.equals(workload)) {
      workload = wanted;
      choice = SolverChoice.of(wanted, rates);
      LOG.debug("{}", choice.reason());
    }
    // Its cost is known for a damping that is the same for all parameters.
    boolean forRowSpace =
        system.damping() > 0 && system.scaling() == null && AddedDiagonal.isUniform(factor.ridge());
    return switch (choice.method()) {
      case CONJUGATE_GRADIENT -> conjugateGradient;
      case ROW_SPACE -> forRowSpace ? rowSpace() : conjugateGradient;
      case DENSE -> dense();
    };
  }

  /** Without the rows, or with all of them in the memory. */
  private boolean hasCheapGram(CurvatureFactor factor) {
    return factor.isLayered() && (!factor.gramNeedsRows() || RowSpaceSolver.fits(factor, memory));
  }

  private RowSpaceSolver rowSpace() {
    if (rowSpace == null) {
      rowSpace = new RowSpaceSolver(precision, dimension, memory);
    }
    return rowSpace;
  }

  private DenseSolver dense() {
    if (dense == null) {
      dense = new DenseSolver(precision, dimension, memory);
    }
    return dense;
  }

  /** What was chosen last, and why; null before the first solve of a factored curvature. */
  public SolverChoice choice() {
    return choice;
  }

  @Override
  public FlatVector residual() {
    return last.residual();
  }

  @Override
  public List<FlatVector> iterates() {
    return last.iterates();
  }

  @Override
  public SolveHistory history() {
    return last.history();
  }
}
