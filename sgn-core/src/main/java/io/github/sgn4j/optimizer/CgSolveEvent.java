package io.github.sgn4j.optimizer;

import io.github.sgn4j.solver.SolveResult;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * The solve of a step of SGN for Java Flight Recorder, by conjugate gradients or whatever solver
 * takes their place; costs nothing to speak of where nobody records.
 */
@Name("io.github.sgn4j.CgSolve")
@Label("CG Solve")
@Description("The linear solve for a step's direction")
@Category("SGN4J")
@StackTrace(false)
final class CgSolveEvent extends Event {

  @Label("Step")
  @Description("Counted from 1")
  long step;

  @Label("Damping")
  double damping;

  @Label("Curvature Samples")
  int curvatureSamples;

  @Label("Iteration Limit")
  int limit;

  @Label("Iterations")
  @Description("0 for a direct solver")
  int iterations;

  @Label("Curvature Products")
  int products;

  @Label("Residual")
  @Description("Its largest absolute value")
  double residual;

  @Label("Warm Start")
  @Description("Whether the solve began at the step before")
  boolean warmStart;

  @Label("Reason")
  @Description("Why it stopped")
  String reason;

  /** An event that begins now. */
  static CgSolveEvent started() {
    CgSolveEvent event = new CgSolveEvent();
    event.begin();
    return event;
  }

  /** The report's step has been solved. */
  void finish(SolveResult solve, StepReport.Builder report) {
    end();
    if (shouldCommit()) {
      step = report.step;
      damping = report.dampingUsed;
      curvatureSamples = report.curvatureSamples;
      limit = report.cgLimit;
      iterations = solve.iterations();
      products = solve.products();
      residual = solve.residual();
      warmStart = solve.startUsed();
      reason = solve.reason().name();
      commit();
    }
  }
}
