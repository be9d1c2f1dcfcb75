package io.github.sgn4j.optimizer;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.damping.DampingPolicy;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.solver.LinearSolver;
import io.github.sgn4j.solver.LinearSystem;
import io.github.sgn4j.solver.SolveLimits;
import io.github.sgn4j.solver.SolveReason;
import io.github.sgn4j.solver.SolveResult;
import java.util.List;

/**
 * The first half of a step: the gradient on a batch, the curvature on it or on another one, and the
 * direction that solves the damped system.
 */
final class DirectionFinder {

  private final Objective objective;
  private final SgnOptions options;
  private final DampingPolicy damping;
  private final LinearSolver solver;
  private final CurvatureChoice curvatureChoice;
  private final Conditioning conditioning;
  private final GradientAverage average;
  private final LastStep lastStep;
  private final FlatVector gradient;
  private final FlatVector direction;
  private FlatVector m;
  private QuadraticModel model;

  DirectionFinder(
      Objective objective, SgnOptions options, LinearSolver solver, DampingPolicy damping) {
    this.objective = objective;
    this.options = options;
    this.damping = damping;
    this.solver = solver;
    Precision precision = objective.precision();
    int dimension = objective.parameters().dimension();
    curvatureChoice = new CurvatureChoice(objective, options);
    conditioning = new Conditioning(options, precision, objective.parameters());
    average = new GradientAverage(options.beta(), precision, dimension);
    lastStep = new LastStep(options, precision, dimension);
    gradient = FlatVector.zeros(precision, dimension);
    direction = gradient.like();
  }

  /**
   * Finds the direction of the report's step; nothing that the next step depends on changes before
   * {@link #commit}, but for what {@link #undo} takes back.
   *
   * @param curvature the batch of the curvature; may be {@code batch}
   */
  void find(FlatVector theta, Batch batch, Batch curvature, StepReport.Builder report) {
    report.curvatureSamples = curvature.size();
    if (curvature == batch) {
      try (Linearization linearization = objective.linearize(theta, batch)) {
        takeGradient(linearization, report);
        solve(linearization, theta, curvature, report);
      }
      return;
    }
    // One after the other: the gradient's workspace is free then for the losses after the step.
    try (Linearization linearization = objective.linearize(theta, batch)) {
      takeGradient(linearization, report);
    }
    try (Linearization linearization = objective.linearize(theta, curvature)) {
      report.linearizeSeconds += report.lap();
      solve(linearization, theta, curvature, report);
    }
  }

  private void takeGradient(Linearization linearization, StepReport.Builder report) {
    Evaluation before = linearization.evaluation();
    report.lossBefore = before.loss();
    report.metric = before.metric();
    report.require(Double.isFinite(before.loss()), Where.LOSS);
    report.linearizeSeconds = report.lap();
    linearization.gradient(gradient);
    report.gradientNorm = gradient.norm();
    report.require(Double.isFinite(report.gradientNorm), Where.GRADIENT);
    m = average.corrected(gradient, report.step);
    report.gradientSeconds = report.lap();
  }

  private void solve(
      Linearization linearization, FlatVector theta, Batch batch, StepReport.Builder report) {
    long t = report.step;
    double rho = damping.at(t, m == gradient ? report.gradientNorm : m.norm());
    report.dampingAsked = rho;
    report.dampingUsed = objective.precision() == Precision.FLOAT ? (float) rho : rho;
    report.cgLimit = options.cgLimit(t, report.curvatureSamples, direction.length());
    conditioning.update(linearization, m, preconditionerDamping(rho), report);
    report.gradientSeconds += report.lap();

    CurvatureOperator curvature = curvatureChoice.at(linearization, theta, batch, t);
    LinearSystem system =
        new LinearSystem(
            curvature,
            rho,
            conditioning.scaling(),
            m,
            conditioning.preconditioner(),
            lastStep.start());
    CgSolveEvent event = CgSolveEvent.started();
    SolveResult solve = solver.solve(system, limits(report.cgLimit), direction);
    event.finish(solve, report);
    report.cgIterations = solve.iterations();
    report.products = solve.products();
    report.reason = solve.reason();
    report.residual = solve.residual();
    report.startUsed = solve.startUsed();
    checkDirection(solve, report);
    model = model(curvature, report);
    report.solveSeconds = report.lap();
  }

  private double preconditionerDamping(double rho) {
    return options.preconditionerFollowsSchedule()
            || options.dampingRule() == DampingRule.GRADIENT_NORM
        ? rho
        : damping.current();
  }

  private SolveLimits limits(int iterations) {
    return new SolveLimits(iterations, options.cgTolerance())
        .withRelativeTolerance(options.cgRelativeTolerance())
        .withProgress(options.cgProgress())
        .withRefreshEvery(options.cgRefresh())
        .withIterates(options.cgBacktracking());
  }

  private void checkDirection(SolveResult solve, StepReport.Builder report) {
    boolean finite = direction.isFinite();
    // Nothing but the start's residual has been computed, and that is finite.
    boolean beforeProducts = solve.products() == (solve.startUsed() ? 1 : 0);
    if (solve.reason() == SolveReason.NON_FINITE && beforeProducts && residual().isFinite()) {
      throw report.failure(Where.PRECONDITIONER);
    }
    // The solver leaves the direction alone when a product fails.
    report.require(solve.reason() != SolveReason.NON_FINITE || !finite, Where.PRODUCT);
    report.require(finite, Where.DIRECTION);
  }

  /** No product is needed but for the step before, since C d = r - m - rho D d. */
  private QuadraticModel model(CurvatureOperator curvature, StepReport.Builder report) {
    double rho = report.dampingUsed;
    double slope = m.dot(direction);
    double damping = rho * conditioning.scaledDot(direction, direction);
    double along = solver.residual().dot(direction) - slope - damping;
    FlatVector s = options.stepRule() == StepRule.QUADRATIC_MOMENTUM ? lastStep.last() : null;
    if (s == null) {
      return new QuadraticModel(slope, along, damping);
    }
    FlatVector product = lastStep.product(curvature);
    report.products++;
    return new QuadraticModel(
        slope,
        along,
        damping,
        m.dot(s),
        product.dot(direction),
        rho * conditioning.scaledDot(s, direction),
        product.dot(s),
        rho * conditioning.scaledDot(s, s));
  }

  /** The batch's gradient. */
  FlatVector gradient() {
    return gradient;
  }

  /** The direction; whoever combines it with another one may write here. */
  FlatVector direction() {
    return direction;
  }

  /** The (averaged) gradient that was solved with. */
  FlatVector averagedGradient() {
    return m;
  }

  /** The solve's residual. */
  FlatVector residual() {
    return solver.residual();
  }

  /** The solve's intermediate directions, if they are kept. */
  List<FlatVector> iterates() {
    return solver.iterates();
  }

  /** The quadratic model over the direction and the step before. */
  QuadraticModel model() {
    return model;
  }

  /** The step before, or null. */
  FlatVector lastStep() {
    return lastStep.last();
  }

  /** The step was made: theta moved by that size along the direction, 0 for a rejected one. */
  void commit(double stepSize) {
    average.add(gradient);
    lastStep.set(direction, stepSize);
    conditioning.commit();
  }

  /** The step failed. */
  void undo() {
    conditioning.undo();
  }

  void save(OptimizerState.Builder state) {
    state.memory(average.memory());
    lastStep.save(state);
    conditioning.save(state);
  }

  void check(String optimizer, OptimizerState state) {
    state.check(optimizer, direction, average.memory().length());
    lastStep.check(optimizer, state);
    conditioning.check(optimizer, state);
  }

  void restore(OptimizerState state) {
    average.memory().assign(state.memoryView());
    lastStep.restore(state);
    conditioning.restore(state);
  }
}
