package io.github.sgn4j.optimizer;

import io.github.sgn4j.damping.ConstantDamping;
import io.github.sgn4j.damping.CosineDamping;
import io.github.sgn4j.damping.DampingPolicy;
import io.github.sgn4j.damping.GainRatioFactors;
import io.github.sgn4j.damping.GradientNormDamping;
import io.github.sgn4j.damping.LinearDamping;
import io.github.sgn4j.damping.NielsenDamping;
import io.github.sgn4j.damping.TrustRegionDamping;
import io.github.sgn4j.linesearch.ArmijoBacktracking;
import io.github.sgn4j.linesearch.FixedStep;
import io.github.sgn4j.linesearch.LineSearch;
import io.github.sgn4j.objective.LossFamily;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.solver.AutomaticSolver;
import io.github.sgn4j.solver.ConjugateGradient;
import io.github.sgn4j.solver.DenseSolver;
import io.github.sgn4j.solver.LinearSolver;
import io.github.sgn4j.solver.RowSpaceSolver;
import java.util.Collections;
import java.util.Map;

/**
 * Options of the stochastic generalized Gauss-Newton method (Gargiani et al. 2020). Immutable; what
 * each one means, its default, range and name in the reference implementation stand at the {@link
 * SgnOptionsBuilder}'s methods.
 */
public final class SgnOptions {

  /** Direct solves take no more for their matrices. */
  private static final long DIRECT_MEMORY = 512L << 20;

  private static final int LEAST_ITERATIONS = 5;
  private static final int MOST_ITERATIONS = 20;
  private static final int SAMPLES_PER_ITERATION = 10;
  private static final double SAMPLES_PER_PARAMETER_FACTOR = 320;
  private static final int EARLY_STEPS = 128;

  private final SgnOptionsBuilder chosen;

  SgnOptions(SgnOptionsBuilder builder) {
    chosen = builder.copy();
  }

  /** A builder with the reference implementation's defaults. */
  public static SgnOptionsBuilder builder() {
    return new SgnOptionsBuilder();
  }

  /** The reference implementation's behaviour and defaults. */
  public static SgnOptions reference() {
    return builder().build();
  }

  /**
   * What the library recommends for a model that nobody tuned anything for; some options are
   * settled by the loss, see {@link #forLoss}. What was measured stands in docs/design-notes.md.
   */
  public static SgnOptions defaults() {
    return DefaultOptions.builder().build();
  }

  /**
   * These options with all those settled that {@link #defaults} leaves to the loss and that were
   * not set since.
   */
  public SgnOptions forLoss(LossFamily family) {
    if (chosen.byLoss.isEmpty()) {
      return this;
    }
    SgnOptionsBuilder settled = chosen.copy();
    DefaultOptions.settle(settled, family);
    return settled.build();
  }

  /** A builder that starts from these options. */
  public SgnOptionsBuilder toBuilder() {
    return chosen.copy();
  }

  /**
   * The limit on conjugate gradient iterations in that step, counted from 1.
   *
   * @param samples that the curvature is taken from
   * @param dimension number of parameters
   */
  public int cgLimit(long step, int samples, int dimension) {
    int chosenLimit = step < chosen.cgSwitchStep ? chosen.cgMinIterations : chosen.cgMaxIterations;
    if (chosenLimit > 0) {
      return chosenLimit;
    }
    if (chosen.classifies) {
      double limit = SAMPLES_PER_PARAMETER_FACTOR * samples / dimension;
      // The preconditioner knows few batches yet.
      int least = step <= EARLY_STEPS ? 2 : 1;
      return (int) Math.max(least, Math.min(LEAST_ITERATIONS, limit));
    }
    return Math.max(LEAST_ITERATIONS, Math.min(MOST_ITERATIONS, samples / SAMPLES_PER_ITERATION));
  }

  /** Whether {@link #cgLimit} is below {@value #LEAST_ITERATIONS}, but for very small models. */
  boolean takesFewIterations() {
    return chosen.cgMaxIterations > 0
        ? chosen.cgMaxIterations < LEAST_ITERATIONS
        : chosen.classifies;
  }

  /** A new policy as these options describe it. */
  DampingPolicy newDampingPolicy() {
    double initial = chosen.damping;
    double floor = chosen.dampingFloor();
    double ceiling = chosen.maxDamping;
    GainRatioFactors factors = GainRatioFactors.REFERENCE.withRejection(chosen.rejectionGrowth);
    return switch (chosen.dampingRule) {
      case GAIN_RATIO -> new TrustRegionDamping(initial, floor, ceiling, factors);
      case GRADIENT_NORM -> new GradientNormDamping(initial, floor, ceiling, factors);
      case NIELSEN -> new NielsenDamping(initial, floor, ceiling);
      case SCHEDULE -> newSchedule(initial, floor);
    };
  }

  private DampingPolicy newSchedule(double initial, double floor) {
    return switch (chosen.dampingSchedule) {
      case CONSTANT -> new ConstantDamping(initial);
      case LINEAR -> new LinearDamping(initial, floor, chosen.scheduleSteps);
      case COSINE -> new CosineDamping(initial, floor, chosen.scheduleSteps);
    };
  }

  /** The solver that these options describe. */
  LinearSolver newSolver(Objective objective) {
    Precision precision = objective.precision();
    int dimension = objective.parameters().dimension();
    return switch (chosen.solver) {
      case CG -> new ConjugateGradient(precision, dimension);
      case ROW_SPACE -> new RowSpaceSolver(precision, dimension);
      case DENSE -> new DenseSolver(precision, dimension);
      case AUTOMATIC -> new AutomaticSolver(precision, objective.parameters(), DIRECT_MEMORY);
    };
  }

  /** The line search that these options describe. */
  LineSearch newLineSearch() {
    return chosen.lineSearch
        ? new ArmijoBacktracking(
            chosen.armijoConstant,
            chosen.backtrackingFactor,
            chosen.maxBacktracks,
            chosen.armijoFollowsStep)
        : new FixedStep();
  }

  /** See {@link SgnOptionsBuilder#damping}. */
  public double damping() {
    return chosen.damping;
  }

  /** See {@link SgnOptionsBuilder#minDamping}. */
  public double minDamping() {
    return chosen.minDamping;
  }

  /** See {@link SgnOptionsBuilder#dampingSchedule}. */
  public DampingSchedule dampingSchedule() {
    return chosen.dampingSchedule;
  }

  /** See {@link SgnOptionsBuilder#scheduleSteps}. */
  public int scheduleSteps() {
    return chosen.scheduleSteps;
  }

  /** See {@link SgnOptionsBuilder#beta}. */
  public double beta() {
    return chosen.beta;
  }

  /** See {@link SgnOptionsBuilder#preconditioner}. */
  public boolean preconditioner() {
    return chosen.preconditioner;
  }

  /** See {@link SgnOptionsBuilder#preconditionerExponent}. */
  public double preconditionerExponent() {
    return chosen.preconditionerExponent;
  }

  /** See {@link SgnOptionsBuilder#cgTolerance}. */
  public double cgTolerance() {
    return chosen.cgTolerance;
  }

  /** See {@link SgnOptionsBuilder#cgMaxIterations}. */
  public int cgMaxIterations() {
    return chosen.cgMaxIterations;
  }

  /** See {@link SgnOptionsBuilder#cgMinIterations}. */
  public int cgMinIterations() {
    return chosen.cgMinIterations;
  }

  /** See {@link SgnOptionsBuilder#cgSwitchStep}. */
  public int cgSwitchStep() {
    return chosen.cgSwitchStep;
  }

  /** See {@link SgnOptionsBuilder#stepSize}. */
  public double stepSize() {
    return chosen.stepSize;
  }

  /** See {@link SgnOptionsBuilder#lineSearch}. */
  public boolean lineSearch() {
    return chosen.lineSearch;
  }

  /** See {@link SgnOptionsBuilder#armijoConstant}. */
  public double armijoConstant() {
    return chosen.armijoConstant;
  }

  /** See {@link SgnOptionsBuilder#backtrackingFactor}. */
  public double backtrackingFactor() {
    return chosen.backtrackingFactor;
  }

  /** See {@link SgnOptionsBuilder#maxBacktracks}. */
  public int maxBacktracks() {
    return chosen.maxBacktracks;
  }

  /** See {@link SgnOptionsBuilder#verbosity}. */
  public int verbosity() {
    return chosen.verbosity;
  }

  /** See {@link SgnOptionsBuilder#undampedGainRatio}. */
  public boolean undampedGainRatio() {
    return chosen.undampedGainRatio;
  }

  /** See {@link SgnOptionsBuilder#rejectIncrease}. */
  public boolean rejectIncrease() {
    return chosen.rejectIncrease;
  }

  /** See {@link SgnOptionsBuilder#armijoFollowsStep}. */
  public boolean armijoFollowsStep() {
    return chosen.armijoFollowsStep;
  }

  /** See {@link SgnOptionsBuilder#preconditionerFollowsSchedule}. */
  public boolean preconditionerFollowsSchedule() {
    return chosen.preconditionerFollowsSchedule;
  }

  /** See {@link SgnOptionsBuilder#dampingRule}. */
  public DampingRule dampingRule() {
    return chosen.dampingRule;
  }

  /** See {@link SgnOptionsBuilder#maxDamping}. */
  public double maxDamping() {
    return chosen.maxDamping;
  }

  /** See {@link SgnOptionsBuilder#marquardtScaling}. */
  public boolean marquardtScaling() {
    return chosen.marquardtScaling;
  }

  /** See {@link SgnOptionsBuilder#dampingFactor}: factors by pattern, in order; read only. */
  public Map<String, Double> dampingFactors() {
    return Collections.unmodifiableMap(chosen.dampingFactors);
  }

  /** See {@link SgnOptionsBuilder#curvature}. */
  public CurvatureKind curvature() {
    return chosen.curvature;
  }

  /** See {@link SgnOptionsBuilder#curvatureSamples}. */
  public int curvatureSamples() {
    return chosen.curvatureSamples;
  }

  /** See {@link SgnOptionsBuilder#solver}. */
  public SolverKind solver() {
    return chosen.solver;
  }

  /** See {@link SgnOptionsBuilder#warmStart}. */
  public double warmStart() {
    return chosen.warmStart;
  }

  /** See {@link SgnOptionsBuilder#cgRelativeTolerance}. */
  public double cgRelativeTolerance() {
    return chosen.cgRelativeTolerance;
  }

  /** See {@link SgnOptionsBuilder#cgProgress}. */
  public double cgProgress() {
    return chosen.cgProgress;
  }

  /** See {@link SgnOptionsBuilder#cgBacktracking}. */
  public boolean cgBacktracking() {
    return chosen.cgBacktracking;
  }

  /** See {@link SgnOptionsBuilder#cgRefresh}. */
  public int cgRefresh() {
    return chosen.cgRefresh;
  }

  /** See {@link SgnOptionsBuilder#preconditionerSource}. */
  public PreconditionerSource preconditionerSource() {
    return chosen.preconditionerSource;
  }

  /** See {@link SgnOptionsBuilder#preconditionerAverage}. */
  public double preconditionerAverage() {
    return chosen.preconditionerAverage;
  }

  /** See {@link SgnOptionsBuilder#preconditionerInterval}. */
  public int preconditionerInterval() {
    return chosen.preconditionerInterval;
  }

  /** See {@link SgnOptionsBuilder#stepRule}. */
  public StepRule stepRule() {
    return chosen.stepRule;
  }

  /** See {@link SgnOptionsBuilder#stepSchedule}. */
  public StepSchedule stepSchedule() {
    return chosen.stepSchedule;
  }

  /** See {@link SgnOptionsBuilder#rejectionGrowth}. */
  public double rejectionGrowth() {
    return chosen.rejectionGrowth;
  }

  /** See {@link SgnOptionsBuilder#averaging}. */
  public double averaging() {
    return chosen.averaging;
  }

  /** Whether the {@link #dampingRule} is GAIN_RATIO. */
  public boolean trustRegion() {
    return chosen.dampingRule == DampingRule.GAIN_RATIO;
  }
}
