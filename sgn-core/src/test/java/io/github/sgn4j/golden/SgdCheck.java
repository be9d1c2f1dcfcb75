package io.github.sgn4j.golden;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.StepReport;
import java.util.List;
import java.util.Set;

/** Runs of gradient descent, each step on its own and the run as a whole. */
final class SgdCheck {

  private static final Set<String> FIELDS =
      Set.of("step", "batch", "lr", "loss", "grad", "v", "theta");
  private static final double FREE_RUN = 1e-5;

  private final TraceFile file;
  private final GoldenModel model;
  private final Comparison comparison;

  SgdCheck(TraceFile file, GoldenModel model, Comparison comparison) {
    this.file = file;
    this.model = model;
    this.comparison = comparison;
  }

  void run() {
    Trace runs = file.root().get("runs");
    if (runs.names().isEmpty()) {
      throw new TraceFormatException("there are no runs");
    }
    for (String name : runs.names()) {
      Trace run = runs.get(name);
      run.onlyKnows(Set.of("config", "steps"));
      SgdOptions options = ReferenceConfig.sgd(run.get("config"));
      List<Trace> steps = run.get("steps").elements();
      if (steps.isEmpty()) {
        throw new TraceFormatException(run.place() + " has no steps");
      }
      teacherForced(options, steps);
      freeRunning(options, steps);
    }
  }

  private void teacherForced(SgdOptions options, List<Trace> steps) {
    SgdOptimizer optimizer = new SgdOptimizer(model.objective(), options);
    double[] theta = file.theta0();
    double[] v = new double[theta.length];
    for (int k = 0; k < steps.size(); k++) {
      Trace step = steps.get(k);
      step.onlyKnows(FIELDS);
      comparison.equal(step.place() + ".step", k, step.integer("step"));
      int batch = file.batchIndex(step);
      comparison.equal(step.place() + ".batch", k % file.batches().size(), batch);
      double tolerance = new Saturation(file).at(theta, batch) ? 1e-6 : 1e-12;
      double[] memory = options.momentum() == 0 ? new double[0] : v;
      optimizer.restore(
          OptimizerState.of(
              k,
              FlatVector.of(Precision.DOUBLE, theta),
              FlatVector.of(Precision.DOUBLE, memory),
              Double.NaN));
      StepReport report = optimizer.step(model.batch(batch));

      String at = step.place() + ".";
      double rate = report.learningRate();
      comparison.relative(at + "lr", rate, step.number("lr"), 1e-14);
      comparison.relative(at + "loss", report.lossBefore(), step.number("loss"), tolerance);
      double[] gradient = optimizer.gradient().toDoubleArray();
      comparison.vector(at + "grad", gradient, step.vector("grad"), tolerance);
      double[] velocity = optimizer.state().memory().toDoubleArray();
      if (options.momentum() == 0) {
        velocity = combine(rate, gradient, 0, gradient);
      }
      comparison.vector(at + "v", velocity, step.vector("v"), tolerance);
      double[] next = optimizer.theta().toDoubleArray();
      comparison.vector(at + "theta", next, step.vector("theta"), tolerance);

      // The file against itself: v from grad, theta from v.
      double[] recordedV = combine(step.number("lr"), step.vector("grad"), options.momentum(), v);
      comparison.vector(at + "v (recomputed)", recordedV, step.vector("v"), 1e-12);
      double[] recordedTheta = combine(-1, step.vector("v"), 1, theta);
      comparison.vector(at + "theta (recomputed)", recordedTheta, step.vector("theta"), 1e-13);
      theta = step.vector("theta");
      v = step.vector("v");
    }
  }

  private void freeRunning(SgdOptions options, List<Trace> steps) {
    SgdOptimizer optimizer = new SgdOptimizer(model.objective(), options);
    for (Trace step : steps) {
      optimizer.step(model.batch(file.batchIndex(step)));
      comparison.vector(
          step.place() + ".theta (free run)",
          optimizer.theta().toDoubleArray(),
          step.vector("theta"),
          FREE_RUN);
    }
  }

  /** a x + b y. */
  static double[] combine(double a, double[] x, double b, double[] y) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = a * x[i] + b * y[i];
    }
    return result;
  }
}
