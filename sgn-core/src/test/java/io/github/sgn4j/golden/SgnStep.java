package io.github.sgn4j.golden;

import io.github.sgn4j.optimizer.SgnOptions;
import java.util.Set;

/** The recorded numbers of one SGN step. Fields that do not apply are NaN or empty. */
final class SgnStep {

  private static final Set<String> FIELDS =
      Set.of(
          "step",
          "batch",
          "loss",
          "grad",
          "m",
          "M_prec",
          "rho",
          "rho_next",
          "max_iter",
          "cg_iters",
          "cg_acc",
          "r",
          "Delta_theta",
          "lhs",
          "red_ratio",
          "ls_iters",
          "alpha",
          "rhs_slope",
          "pred",
          "theta");

  final String at;
  final int step;
  final int batch;
  final double loss;
  final double[] grad;
  final double[] m;
  final double[] preconditioner;
  final double rho;
  final double rhoNext;
  final int maxIter;
  final int cgIters;
  final double[] cgAcc;
  final double[] r;
  final double[] delta;
  final double[] lhs;
  final double redRatio;
  final int lsIters;
  final double alpha;
  final double slope;
  final double[] pred;
  final double[] theta;

  SgnStep(Trace trace, TraceFile file, SgnOptions options) {
    trace.onlyKnows(FIELDS);
    at = trace.place() + ".";
    step = trace.integer("step");
    batch = file.batchIndex(trace);
    loss = trace.number("loss");
    grad = parameters(trace, "grad", file);
    m = parameters(trace, "m", file);
    preconditioner =
        options.preconditioner() ? parameters(trace, "M_prec", file) : absent(trace, "M_prec");
    rho = trace.number("rho");
    rhoNext = trace.number("rho_next");
    maxIter = trace.integer("max_iter");
    cgIters = trace.integer("cg_iters");
    cgAcc = trace.vector("cg_acc");
    r = parameters(trace, "r", file);
    delta = parameters(trace, "Delta_theta", file);
    lhs = trace.vector("lhs");
    redRatio = options.trustRegion() ? trace.number("red_ratio") : missing(trace, "red_ratio");
    lsIters = trace.integer("ls_iters");
    alpha = trace.number("alpha");
    slope = options.lineSearch() ? trace.number("rhs_slope") : missing(trace, "rhs_slope");
    pred = file.classification() ? trace.vector("pred") : BlocksCheck.flat(trace.matrix("pred"));
    theta = parameters(trace, "theta", file);
  }

  private static double[] parameters(Trace trace, String name, TraceFile file) {
    double[] values = trace.vector(name);
    if (values.length != file.theta0().length) {
      throw new TraceFormatException(
          trace.place() + "." + name + " has " + values.length + " elements");
    }
    return values;
  }

  private static double missing(Trace trace, String name) {
    absent(trace, name);
    return Double.NaN;
  }

  private static double[] absent(Trace trace, String name) {
    if (trace.has(name)) {
      throw new TraceFormatException(trace.place() + "." + name + " does not go with the options");
    }
    return new double[0];
  }
}
