package io.github.sgn4j.golden;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.solver.DiagonalPreconditioner;
import io.github.sgn4j.testkit.PlainMlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One SGN run: each step from the recorded state, the run as a whole, and the file on its own. */
final class SgnCheck {

  private static final double CHAOS = 1e-4;

  private final TraceFile file;
  private final GoldenModel model;
  private final Comparison comparison;
  private final SgnOptions options;
  private final List<SgnStep> steps = new ArrayList<>();
  private final Saturation saturation;

  SgnCheck(TraceFile file, GoldenModel model, Comparison comparison) {
    this.file = file;
    this.model = model;
    this.comparison = comparison;
    options = ReferenceConfig.sgn(file.root().get("config"));
    saturation = new Saturation(file);
    for (Trace step : file.root().get("steps").elements()) {
      steps.add(new SgnStep(step, file, options));
    }
    if (steps.isEmpty() || steps.size() != file.root().integer("n_steps")) {
      throw new TraceFormatException(
          "n_steps is "
              + file.root().integer("n_steps")
              + ", but there are "
              + steps.size()
              + " steps");
    }
    if (file.root().has("error")) {
      comparison.equal("error.step", steps.size(), file.root().get("error").integer("step"));
    }
  }

  void run() {
    double[] sensitivity = sensitivities();
    double[] freeSensitivity = file.root().vector("free_run_theta_rel_change_per_1e12");
    if (sensitivity.length != steps.size() || freeSensitivity.length != steps.size()) {
      throw new TraceFormatException(
          "sensitivity and free_run_theta_rel_change_per_1e12 need one entry a step");
    }
    SgnOptimizer optimizer = new SgnOptimizer(model.objective(), options);
    SgnConsistency consistency = new SgnConsistency(file, options, comparison);
    double[] theta = file.theta0();
    double[] m = new double[theta.length];
    double rho = options.damping();
    for (int k = 0; k < steps.size(); k++) {
      SgnStep step = steps.get(k);
      comparison.equal(step.at + "step", k, step.step);
      comparison.equal(step.at + "batch", k % file.batches().size(), step.batch);
      teacherForced(optimizer, step, theta, m, rho, sensitivity[k]);
      comparePredictions(step, theta);
      consistency.check(step, theta, m, rho);
      theta = step.theta;
      m = step.m;
      rho = step.rhoNext;
    }
    freeRunning(freeSensitivity);
  }

  private double[] sensitivities() {
    return file.root().get("sensitivity").elements().stream()
        .mapToDouble(entry -> entry.number("delta_rel_change_per_1e12"))
        .toArray();
  }

  private void teacherForced(
      SgnOptimizer optimizer,
      SgnStep step,
      double[] theta,
      double[] m,
      double rho,
      double sensitivity) {
    optimizer.restore(
        OptimizerState.of(
            step.step, vector(theta), options.beta() == 0 ? vector() : vector(m), rho));
    StepReport report = optimizer.step(model.batch(step.batch));
    SgnTolerances allowed =
        SgnTolerances.of(
            options, saturation.at(theta, step.batch), saturatedTrial(step, theta), sensitivity);
    String at = step.at;

    comparison.absolute(
        at + "loss",
        report.lossBefore(),
        step.loss,
        Math.max(allowed.gradient() * step.loss, SgnConsistency.LOSS_ROUNDING));
    double[] gradient = optimizer.gradient().toDoubleArray();
    comparison.vector(at + "grad", gradient, step.grad, allowed.gradient());
    double[] average = options.beta() == 0 ? gradient : optimizer.state().memory().toDoubleArray();
    comparison.vector(at + "m", average, step.m, allowed.gradient());
    if (options.preconditioner()) {
      comparePreconditioner(step, average, rho, allowed.gradient());
    }
    comparison.vector(
        at + "Delta_theta", optimizer.direction().toDoubleArray(), step.delta, allowed.direction());
    comparison.vector(at + "theta", optimizer.theta().toDoubleArray(), step.theta, allowed.theta());
    comparison.vector(at + "r", optimizer.residual().toDoubleArray(), step.r, allowed.residual());
    if (options.trustRegion()) {
      comparison.relative(at + "red_ratio", report.gainRatio(), step.redRatio, allowed.gainRatio());
    }
    if (step.lhs.length > 0) {
      comparison.relative(at + "lhs[0]", report.fullStepLoss(), step.lhs[0], allowed.trialLoss());
      int last = step.lhs.length - 1;
      comparison.relative(
          at + "lhs[" + last + "]", report.lossAfter(), step.lhs[last], allowed.trialLoss());
    }
    if (options.lineSearch()) {
      comparison.relative(at + "rhs_slope", report.slope(), step.slope, allowed.gainRatio());
    }

    comparison.equal(at + "max_iter", report.cgLimit(), step.maxIter);
    comparison.absolute(
        at + "cg_iters", report.cgIterations(), step.cgIters, allowed.cgIterations());
    compareDecisions(at, report, step);
  }

  private boolean saturatedTrial(SgnStep step, double[] theta) {
    double[] full = SgdCheck.combine(1, theta, options.stepSize(), step.delta);
    return saturation.at(full, step.batch) || saturation.at(step.theta, step.batch);
  }

  private void compareDecisions(String at, StepReport report, SgnStep step) {
    if (Arrays.stream(step.lhs).anyMatch(Double::isNaN)) {
      // The reference takes a step whose loss is NaN; a stable loss decides for itself. Comparison
      // has reported the NaN, unless the file says that the reference stopped there.
      return;
    }
    comparison.equal(at + "alpha", report.stepSize(), step.alpha);
    comparison.equal(at + "ls_iters", report.backtracks(), step.lsIters);
    comparison.relative(at + "rho", report.dampingUsed(), step.rho, 1e-14);
    comparison.relative(at + "rho_next", report.dampingNext(), step.rhoNext, 1e-14);
  }

  private void comparePreconditioner(SgnStep step, double[] m, double rho, double tolerance) {
    DiagonalPreconditioner preconditioner =
        new DiagonalPreconditioner(Precision.DOUBLE, m.length, options.preconditionerExponent());
    double correction = 1 - Math.pow(options.beta(), step.step + 1.0);
    preconditioner.update(vector(SgdCheck.combine(1 / correction, m, 0, m)), rho);
    FlatVector ones = vector(m);
    ones.fill(1);
    FlatVector diagonal = ones.like();
    preconditioner.apply(ones, diagonal);
    comparison.vector(step.at + "M_prec", diagonal.toDoubleArray(), step.preconditioner, tolerance);
  }

  private void freeRunning(double[] sensitivity) {
    SgnOptimizer optimizer = new SgnOptimizer(model.objective(), options);
    for (int k = 0; k < steps.size() && sensitivity[k] <= CHAOS; k++) {
      SgnStep step = steps.get(k);
      StepReport report = optimizer.step(model.batch(step.batch));
      comparison.vector(
          step.at + "theta (free run)",
          optimizer.theta().toDoubleArray(),
          step.theta,
          Math.max(1e-5, 50 * sensitivity[k]));
      compareDecisions(step.at + "(free run) ", report, step);
    }
  }

  /** The engine's predictions at the recorded parameters. */
  private void comparePredictions(SgnStep step, double[] thetaBefore) {
    double[] theta = options.lineSearch() || options.trustRegion() ? step.theta : thetaBefore;
    double[][] output = model.output(vector(theta), step.batch);
    boolean saturated = saturation.at(theta, step.batch);
    if (file.classification()) {
      double[] classes = Arrays.stream(output).mapToDouble(PlainMlp::argMax).toArray();
      comparison.vector(step.at + "pred", classes, step.pred, 0);
    } else {
      comparison.vector(
          step.at + "pred", BlocksCheck.flat(output), step.pred, saturated ? 1e-6 : 1e-12);
    }
  }

  private static FlatVector vector(double... values) {
    return FlatVector.of(Precision.DOUBLE, values);
  }
}
