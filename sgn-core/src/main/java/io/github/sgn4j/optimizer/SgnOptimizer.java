package io.github.sgn4j.optimizer;

import io.github.sgn4j.curvature.GaussNewton;
import io.github.sgn4j.damping.DampingPolicy;
import io.github.sgn4j.linesearch.LineSearch;
import io.github.sgn4j.linesearch.LineSearchResult;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.solver.ConjugateGradient;
import io.github.sgn4j.solver.DiagonalPreconditioner;
import io.github.sgn4j.solver.LinearSolver;
import io.github.sgn4j.solver.LinearSystem;
import io.github.sgn4j.solver.Preconditioner;
import io.github.sgn4j.solver.SolveLimits;
import io.github.sgn4j.solver.SolveReason;
import io.github.sgn4j.solver.SolveResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stochastic generalized Gauss-Newton method (Gargiani, Zanelli, Diehl and Hutter 2020): solves
 * (G + rho I) d = -m roughly on each mini-batch, m the (averaged) gradient, and goes along d. A
 * composition: solver for the direction, line search for the step size, damping policy for rho.
 *
 * <p>Its vectors are made once: theta, direction, gradient, trial point, the solver's, and two more
 * when gradients are averaged.
 */
public final class SgnOptimizer implements Optimizer {

  private static final Logger LOG = LoggerFactory.getLogger(SgnOptimizer.class);

  private final Objective objective;
  private final SgnOptions options;
  private final LinearSolver solver;
  private final DampingPolicy damping;
  private final LineSearch lineSearch;
  private final boolean needsTrial;
  private final DiagonalPreconditioner diagonal;

  private final FlatVector theta;
  private final FlatVector gradient;
  private final FlatVector direction;
  private final FlatVector trial;
  private final GradientAverage average;
  private long stepCount;

  /** An optimizer that starts at the objective's initial parameters. */
  public SgnOptimizer(Objective objective, SgnOptions options) {
    this(
        objective,
        options,
        new ConjugateGradient(objective.precision(), objective.parameters().dimension()),
        options.newDampingPolicy(),
        options.newLineSearch());
  }

  /**
   * An optimizer of other parts than the options describe; the options on what a part does itself
   * are then without effect.
   *
   * @param solver for the objective's precision and dimension; the optimizer's alone
   * @param damping the optimizer's alone
   */
  public SgnOptimizer(
      Objective objective,
      SgnOptions options,
      LinearSolver solver,
      DampingPolicy damping,
      LineSearch lineSearch) {
    this.objective = objective;
    this.options = options;
    this.solver = solver;
    this.damping = damping;
    this.lineSearch = lineSearch;
    needsTrial = damping.usesGainRatio() || lineSearch.usesLoss() || options.rejectIncrease();
    Precision precision = objective.precision();
    int dimension = objective.parameters().dimension();
    diagonal =
        options.preconditioner()
            ? new DiagonalPreconditioner(precision, dimension, options.preconditionerExponent())
            : null;
    theta = objective.initialParameters().copy();
    gradient = theta.like();
    direction = theta.like();
    trial = theta.like();
    average = new GradientAverage(options.beta(), precision, dimension);
  }

  @Override
  public StepReport step(Batch batch) {
    StepReport.Builder report = new StepReport.Builder();
    report.step = stepCount + 1;
    FlatVector m = findDirection(batch, report);
    chooseStep(batch, m, report);
    commit(report);
    StepReport done = report.build();
    log(done);
    return done;
  }

  /** Solves for the direction and returns the gradient average that it was solved with. */
  private FlatVector findDirection(Batch batch, StepReport.Builder report) {
    long t = report.step;
    report.cgLimit = options.cgLimit(t);
    SolveLimits limits = new SolveLimits(report.cgLimit, options.cgTolerance());
    // Closed before the loss is evaluated again: its workspace is free then.
    try (Linearization linearization = objective.linearize(theta, batch)) {
      Evaluation before = linearization.evaluation();
      report.lossBefore = before.loss();
      report.metric = before.metric();
      require(Double.isFinite(before.loss()), Where.LOSS);
      report.linearizeSeconds = report.lap();

      linearization.gradient(gradient);
      report.gradientNorm = gradient.norm();
      require(Double.isFinite(report.gradientNorm), Where.GRADIENT);
      FlatVector m = average.corrected(gradient, t);
      double rho = damping.at(t, m == gradient ? report.gradientNorm : m.norm());
      report.dampingAsked = rho;
      report.dampingUsed = objective.precision() == Precision.FLOAT ? (float) rho : rho;
      Preconditioner preconditioner = preconditioner(m, rho);
      report.gradientSeconds = report.lap();

      GaussNewton curvature = new GaussNewton(linearization, theta.length());
      LinearSystem system = LinearSystem.of(curvature, rho, m).withPreconditioner(preconditioner);
      SolveResult solve = solver.solve(system, limits, direction);
      report.cgIterations = solve.iterations();
      report.products = solve.products();
      report.reason = solve.reason();
      report.residual = solve.residual();
      checkDirection(solve);
      report.solveSeconds = report.lap();
      return m;
    }
  }

  private Preconditioner preconditioner(FlatVector m, double rho) {
    if (diagonal == null) {
      return Preconditioner.identity();
    }
    diagonal.update(m, options.preconditionerFollowsSchedule() ? rho : damping.current());
    return diagonal;
  }

  private void checkDirection(SolveResult solve) {
    boolean finite = direction.isFinite();
    if (solve.reason() == SolveReason.NON_FINITE && solve.products() == 0) {
      throw failure(Where.PRECONDITIONER);
    }
    // The solver leaves the direction alone when a product fails.
    require(solve.reason() != SolveReason.NON_FINITE || !finite, Where.PRODUCT);
    require(finite, Where.DIRECTION);
  }

  /** Finds the step size; theta stays. */
  private void chooseStep(Batch batch, FlatVector m, StepReport.Builder report) {
    double first = options.stepSize();
    report.stepSizeAsked = first;
    report.stepSize = first;
    if (!needsTrial) {
      moveTrial(first);
      require(trial.isFinite(), Where.DIRECTION);
      return;
    }
    double slope = m.dot(direction);
    report.slope = slope;
    require(Double.isFinite(slope), Where.DIRECTION);
    Evaluation full = evaluateAt(first, batch, report);
    report.fullStepLoss = full.loss();
    report.gainRatio = gainRatio(full.loss(), slope, report);

    LineSearchResult search =
        lineSearch.search(
            size -> evaluateAt(size, batch, report), report.lossBefore, slope, first, full);
    require(Double.isFinite(search.evaluation().loss()), Where.LOSS_AFTER_STEP);
    report.backtracks = search.backtracks();
    report.lineSearchSatisfied = search.satisfied();
    report.accepted = !(options.rejectIncrease() && search.evaluation().loss() > report.lossBefore);
    if (report.accepted) {
      report.stepSize = search.stepSize();
      report.lossAfter = search.evaluation().loss();
      report.metric = search.evaluation().metric();
    } else {
      report.stepSize = 0;
      report.lossAfter = report.lossBefore;
    }
    report.searchSeconds = report.lap();
  }

  private Evaluation evaluateAt(double stepSize, Batch batch, StepReport.Builder report) {
    moveTrial(stepSize);
    report.evaluations++;
    return objective.evaluate(trial, batch);
  }

  private void moveTrial(double stepSize) {
    trial.assign(theta);
    trial.axpy(stepSize, direction);
  }

  private double gainRatio(double loss, double slope, StepReport.Builder report) {
    if (!damping.usesGainRatio() || !Double.isFinite(loss)) {
      return Double.NaN;
    }
    double change = loss - report.lossBefore;
    FlatVector residual = solver.residual();
    return options.undampedGainRatio()
        ? GainRatio.undamped(
            change, residual, direction, slope, report.dampingUsed, report.stepSizeAsked)
        : GainRatio.reference(change, residual, gradient, direction);
  }

  /** Nothing can fail from here on. */
  private void commit(StepReport.Builder report) {
    if (report.accepted) {
      theta.axpy(report.stepSize, direction);
    }
    average.add(gradient);
    if (needsTrial && !Double.isFinite(report.fullStepLoss)) {
      damping.invalid();
    } else if (report.accepted) {
      damping.accepted(report.gainRatio);
    } else {
      damping.rejected(report.gainRatio);
    }
    report.dampingNext = damping.current();
    stepCount++;
  }

  private void require(boolean valid, Where where) {
    if (!valid) {
      throw failure(where);
    }
  }

  private NonFiniteException failure(Where where) {
    return new NonFiniteException(name(), stepCount + 1, where);
  }

  private void log(StepReport report) {
    int verbosity = options.verbosity();
    if (verbosity >= 1 && report.reason() == SolveReason.NON_POSITIVE_CURVATURE) {
      LOG.warn("step {}: {}", report.step(), report.reason().advice());
    }
    if (verbosity >= 2) {
      LOG.info(
          "step {}: loss {} to {}, gradient norm {}, damping {}, step size {}",
          report.step(),
          report.lossBefore(),
          report.lossAfter(),
          report.gradientNorm(),
          report.dampingUsed(),
          report.stepSize());
    }
    if (verbosity >= 3) {
      LOG.info(
          "step {}: {} of {} CG iterations, {}, residual {}, {} backtracks, gain ratio {}",
          report.step(),
          report.cgIterations(),
          report.cgLimit(),
          report.reason(),
          report.residual(),
          report.backtracks(),
          report.gainRatio());
    }
  }

  @Override
  public FlatVector theta() {
    return theta;
  }

  @Override
  public Objective objective() {
    return objective;
  }

  /** The options. */
  public SgnOptions options() {
    return options;
  }

  @Override
  public String name() {
    return "SGN";
  }

  @Override
  public long stepCount() {
    return stepCount;
  }

  /**
   * The last step's batch gradient: the optimizer's own vector, to be read before the next step.
   */
  public FlatVector gradient() {
    return gradient;
  }

  /** The last step's direction d, not scaled by the step size; likewise. */
  public FlatVector direction() {
    return direction;
  }

  /** The last solve's residual (G + rho I) d + m; likewise. */
  public FlatVector residual() {
    return solver.residual();
  }

  @Override
  public OptimizerState state() {
    return OptimizerState.of(stepCount, theta, average.memory(), damping.current());
  }

  @Override
  public void restore(OptimizerState state) {
    state.check(name(), theta, average.memory().length());
    damping.restore(state.damping());
    theta.assign(state.thetaView());
    average.memory().assign(state.memoryView());
    stepCount = state.stepCount();
  }
}
