package io.github.sgn4j.golden;

import io.github.sgn4j.optimizer.DampingSchedule;
import io.github.sgn4j.optimizer.LearningRateSchedule;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SgnOptionsBuilder;

/** Options under the reference implementation's names. */
final class ReferenceConfig {

  private ReferenceConfig() {}

  /** SGN's options; a name that is not there keeps its default. */
  static SgnOptions sgn(Trace config) {
    SgnOptionsBuilder options = SgnOptions.builder();
    for (String name : config.names()) {
      Trace value = config.get(name);
      switch (name) {
        case "DAMP_RHO" -> options.damping(value.number());
        case "DAMP_RHO_MIN" -> options.minDamping(value.number());
        case "BETA" -> options.beta(value.number());
        case "CG_PREC" -> options.preconditioner(value.bool());
        case "ALPHA_EXP" -> options.preconditionerExponent(value.number());
        case "TR" -> options.trustRegion(value.bool());
        case "RHO_DECAY" -> options.dampingSchedule(dampingSchedule(value));
        case "K" -> options.scheduleSteps(value.integer());
        case "ALPHA" -> options.stepSize(value.number());
        case "PRINT_LEVEL" -> options.verbosity(value.integer());
        case "CG_TOL" -> options.cgTolerance(value.number());
        case "MAX_CG_ITERS" -> options.cgMaxIterations(value.integer());
        case "MIN_CG_ITERS" -> options.cgMinIterations(value.integer());
        case "K_CG" -> options.cgSwitchStep(value.integer());
        case "LS" -> options.lineSearch(value.bool());
        case "C_LS" -> options.armijoConstant(value.number());
        case "RHO_LS" -> options.backtrackingFactor(value.number());
        case "MAX_LS_ITERS" -> options.maxBacktracks(value.integer());
        default -> throw new TraceFormatException("unknown option " + value.place());
      }
    }
    return options.build();
  }

  private static DampingSchedule dampingSchedule(Trace value) {
    return switch (value.text()) {
      case "const" -> DampingSchedule.CONSTANT;
      case "linear" -> DampingSchedule.LINEAR;
      case "cos" -> DampingSchedule.COSINE;
      default -> throw new TraceFormatException("unknown schedule " + value.place());
    };
  }

  /** SGD's options; a name that is not there keeps its default. */
  static SgdOptions sgd(Trace config) {
    SgdOptions.Builder options = SgdOptions.builder();
    for (String name : config.names()) {
      Trace value = config.get(name);
      switch (name) {
        case "LR0" -> options.learningRate(value.number());
        case "LR_K" -> options.finalLearningRate(value.number());
        case "K" -> options.scheduleSteps(value.integer());
        case "SCHEDULER" -> options.schedule(learningRateSchedule(value));
        case "STEP" -> options.stepLength(value.integer());
        case "REDUCTION" -> options.reduction(value.number());
        case "MOMENTUM" -> options.momentum(value.number());
        case "PRINT_LEVEL" -> value.integer(); // SGD logs nothing
        default -> throw new TraceFormatException("unknown option " + value.place());
      }
    }
    return options.build();
  }

  private static LearningRateSchedule learningRateSchedule(Trace value) {
    return switch (value.text()) {
      case "const" -> LearningRateSchedule.CONSTANT;
      case "linear" -> LearningRateSchedule.LINEAR;
      case "cos" -> LearningRateSchedule.COSINE;
      case "step" -> LearningRateSchedule.STEP;
      default -> throw new TraceFormatException("unknown schedule " + value.place());
    };
  }
}
