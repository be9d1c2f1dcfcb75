package io.github.sgn4j.optimizer;

import io.github.sgn4j.damping.DampingPolicy;
import io.github.sgn4j.linesearch.LineSearch;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.solver.LinearSolver;
import io.github.sgn4j.solver.SolveReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stochastic generalized Gauss-Newton method (Gargiani, Zanelli, Diehl and Hutter 2020): solves
 * (G + rho D) d = -m roughly on each mini-batch, m the (averaged) gradient, and goes along d. A
 * composition: solver for the direction, line search for the step size, damping policy for rho.
 *
 * <p>Options that depend on the loss are settled when the optimizer is made. Its vectors are made
 * once: theta, direction, gradient, trial point, the solver's, and those of the parts that the
 * options switch on.
 */
public final class SgnOptimizer implements Optimizer {

  private static final Logger LOG = LoggerFactory.getLogger(SgnOptimizer.class);

  private final Objective objective;
  private final SgnOptions options;
  private final DampingPolicy damping;
  private final DirectionFinder finder;
  private final StepSearch search;
  private final FlatVector theta;
  private long stepCount;
  private double progress;

  /**
   * An optimizer that starts at the objective's initial parameters.
   *
   * @throws IllegalArgumentException if a damping factor's pattern matches no parameter
   */
  public SgnOptimizer(Objective objective, SgnOptions options) {
    this(
        objective,
        options,
        options.newSolver(objective),
        options.forLoss(objective.lossFamily()).newDampingPolicy(),
        options.newLineSearch());
  }

  /**
   * An optimizer of other parts than the options describe; the options on what a part does itself
   * are then without effect.
   *
   * @param solver for the objective's precision and dimension; the optimizer's alone
   * @param damping the optimizer's alone
   * @throws IllegalArgumentException if a damping factor's pattern matches no parameter
   */
  public SgnOptimizer(
      Objective objective,
      SgnOptions options,
      LinearSolver solver,
      DampingPolicy damping,
      LineSearch lineSearch) {
    this.objective = objective;
    this.options = options.forLoss(objective.lossFamily());
    this.damping = damping;
    finder = new DirectionFinder(objective, this.options, solver, damping);
    search = new StepSearch(objective, this.options, lineSearch, damping.usesGainRatio());
    theta = objective.initialParameters().copy();
  }

  @Override
  public StepReport step(Batch batch) {
    return step(batch, curvatureSample(batch));
  }

  /**
   * One step with the curvature of another batch than the gradient and the losses.
   *
   * @param curvature the batch of the curvature
   * @throws NonFiniteException as {@link #step(Batch)}
   * @throws IllegalArgumentException if a batch does not fit the objective
   */
  public StepReport step(Batch batch, Batch curvature) {
    StepEvent event = StepEvent.started();
    StepReport.Builder report = new StepReport.Builder(name(), stepCount + 1);
    double[] dampingBefore = damping.memory();
    boolean done = false;
    try {
      finder.find(theta, batch, curvature, report);
      search.search(theta, batch, finder, options.stepSchedule().factor(progress), report);
      done = true;
    } finally {
      if (!done) {
        finder.undo();
        // A policy may have taken the gradient's norm to heart.
        damping.restore(dampingBefore);
      }
    }
    commit(report);
    StepReport reported = report.build();
    event.finish(reported);
    log(reported);
    return reported;
  }

  /**
   * As many samples as the options say, from another place in every step: of a batch that stays the
   * same, or that is not shuffled, all samples come to bear.
   */
  private Batch curvatureSample(Batch batch) {
    int wanted = options.curvatureSamples();
    int size = batch.size();
    if (wanted == 0 || wanted >= size || objective.fixesBatchSize()) {
      return batch;
    }
    // Fibonacci hashing: neighbouring steps take distant places.
    long hash = (stepCount * 0x9E3779B97F4A7C15L) >>> 33;
    int from = (int) (hash % (size - wanted + 1));
    return batch.samples(from, from + wanted);
  }

  /** Nothing can fail from here on. */
  private void commit(StepReport.Builder report) {
    if (report.accepted) {
      theta.axpy(report.stepSize, finder.direction());
    }
    finder.commit(report.stepSize);
    if (report.accepted && !search.fullStepIsInvalid(report)) {
      damping.accepted(report.gainRatio);
    } else if (search.fullStepIsInvalid(report)) {
      damping.invalid();
    } else {
      damping.rejected(report.gainRatio);
    }
    report.dampingNext = damping.current();
    stepCount++;
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
  public void progress(double fraction) {
    progress = fraction;
  }

  @Override
  public void damping(double value) {
    damping.set(value);
  }

  @Override
  public double averaging() {
    return options.averaging();
  }

  @Override
  public FlatVector theta() {
    return theta;
  }

  @Override
  public Objective objective() {
    return objective;
  }

  /** The options, those that depend on the loss settled. */
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
    return finder.gradient();
  }

  /** The last step's direction d, not scaled by the step size; likewise. */
  public FlatVector direction() {
    return finder.direction();
  }

  /** The last solve's residual (G + rho D) d + m; likewise. */
  public FlatVector residual() {
    return finder.residual();
  }

  @Override
  public OptimizerState state() {
    OptimizerState.Builder state =
        OptimizerState.builder(stepCount, theta)
            .optimizer(name())
            .damping(damping.memory())
            .dampingPolicy(damping.getClass().getSimpleName());
    finder.save(state);
    return state.build();
  }

  @Override
  public void restore(OptimizerState state) {
    finder.check(name(), state);
    state.checkDampingPolicy(name(), damping.getClass().getSimpleName());
    damping.restore(state.dampingMemory());
    finder.restore(state);
    theta.assign(state.thetaView());
    stepCount = state.stepCount();
  }
}
