package io.github.sgn4j.optimizer;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A step of SGN for Java Flight Recorder; costs nothing to speak of where nobody records. Numbers
 * are those of {@link StepReport}.
 */
@Name("io.github.sgn4j.Step")
@Label("SGN Step")
@Description("One step of the optimizer, from the gradient to the new parameters")
@Category("SGN4J")
@StackTrace(false)
final class StepEvent extends Event {

  @Label("Step")
  @Description("Counted from 1")
  long step;

  @Label("Loss")
  @Description("Mean loss over the batch before the step")
  double loss;

  @Label("Loss After")
  @Description("Mean loss over the batch after the step; NaN if it was not evaluated")
  double lossAfter;

  @Label("Gradient Norm")
  double gradientNorm;

  @Label("Damping")
  double damping;

  @Label("Gain Ratio")
  @Description("Actual over predicted change of the loss; NaN if it was not computed")
  double gainRatio;

  @Label("Step Size")
  @Description("0 for a rejected step")
  double stepSize;

  @Label("CG Iterations")
  int cgIterations;

  @Label("Line Search Backtracks")
  int backtracks;

  @Label("Accepted")
  boolean accepted;

  /** An event that begins now. */
  static StepEvent started() {
    StepEvent event = new StepEvent();
    event.begin();
    return event;
  }

  /** The step is done. */
  void finish(StepReport report) {
    end();
    if (shouldCommit()) {
      step = report.step();
      loss = report.lossBefore();
      lossAfter = report.lossAfter();
      gradientNorm = report.gradientNorm();
      damping = report.dampingUsed();
      gainRatio = report.gainRatio();
      stepSize = report.stepSize();
      cgIterations = report.cgIterations();
      backtracks = report.backtracks();
      accepted = report.accepted();
      commit();
    }
  }
}
