package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.cli.SgnSettings.LinearSolverName;
import io.github.sgn4j.examples.cli.SgnSettings.Preconditioner;
import io.github.sgn4j.examples.cli.SgnSettings.Preset;
import io.github.sgn4j.examples.cli.SgnSettings.StepChoice;
import io.github.sgn4j.optimizer.CurvatureKind;
import io.github.sgn4j.optimizer.DampingRule;
import io.github.sgn4j.optimizer.DampingSchedule;
import io.github.sgn4j.optimizer.PreconditionerSource;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SgnOptionsBuilder;
import io.github.sgn4j.optimizer.SolverKind;
import io.github.sgn4j.optimizer.StepRule;
import io.github.sgn4j.optimizer.StepSchedule;
import java.util.function.Consumer;

/** Makes the library's options of what was given on the command line, on top of a preset. */
final class SgnPresets {

  private static final double RHO = 1e-3;
  private static final double RHO_MIN = 1e-6;
  private static final double KAPPA = 0.1;
  private static final double KAPPA_MIN = 1e-3;
  private static final double KAPPA_MAX = 1e4;

  private final SgnSettings given;
  private final SgnOptionsBuilder builder;

  private SgnPresets(SgnSettings given) {
    this.given = given;
    builder =
        given.preset == Preset.DEFAULT
            ? SgnOptions.defaults().toBuilder()
            : SgnOptions.reference().toBuilder().damping(RHO).minDamping(RHO_MIN);
  }

  /**
   * The options; what is left to the loss is not settled yet.
   *
   * @param scheduleSteps last step of the damping schedule
   * @throws InputException if options do not go together
   */
  static SgnOptions options(SgnSettings given, int scheduleSteps) {
    return new SgnPresets(given).build(scheduleSteps);
  }

  private SgnOptions build(int scheduleSteps) {
    damping(scheduleSteps);
    preconditioner();
    if (given.curvature != null) {
      builder.curvature(CurvatureKind.valueOf(given.curvature.name()));
    }
    boolean rowSpace = given.linearSolver == LinearSolverName.ROW_SPACE;
    if (rowSpace && given.rho != null && given.rho == 0) {
      throw new InputException("--linear-solver row-space takes a --rho above 0.");
    }
    boolean endsAtFloor =
        Boolean.FALSE.equals(given.trustRegion)
            && given.rhoSchedule != null
            && given.rhoSchedule != SgnSettings.Schedule.CONST;
    if (rowSpace && endsAtFloor && given.rhoMin != null && given.rhoMin == 0) {
      throw new InputException(
          "--linear-solver row-space takes a --rho-min above 0, where --rho-schedule ends.");
    }
    if (rowSpace && given.curvature == SgnSettings.Curvature.HESSIAN) {
      throw new InputException("--linear-solver row-space does not go with --curvature hessian.");
    }
    if (given.linearSolver != null) {
      builder.solver(SolverKind.valueOf(given.linearSolver.name()));
    }
    if (given.stepRule != null) {
      builder.stepRule(
          given.stepRule == StepChoice.MOMENTUM
              ? StepRule.QUADRATIC_MOMENTUM
              : StepRule.valueOf(given.stepRule.name()));
    }
    if (given.decayFrom != null) {
      builder.stepSchedule(
          given.decayFrom < 1
              ? StepSchedule.linearLate(given.decayFrom, 0)
              : StepSchedule.CONSTANT);
    }
    if (given.cgMaxIter != null && given.preset == Preset.DEFAULT) {
      builder.cgMinIterations(given.cgMaxIter);
    }
    set(given.curvatureSamples, builder::curvatureSamples);
    set(given.beta, builder::beta);
    set(given.cgMaxIter, builder::cgMaxIterations);
    set(given.cgMinIter, builder::cgMinIterations);
    set(given.kCg, builder::cgSwitchStep);
    set(given.cgTol, builder::cgTolerance);
    set(given.cgRelTol, builder::cgRelativeTolerance);
    set(given.cgProgress, builder::cgProgress);
    set(given.cgBacktracking, builder::cgBacktracking);
    set(given.warmStart, builder::warmStart);
    set(given.alphaExp, builder::preconditionerExponent);
    set(given.precondAverage, builder::preconditionerAverage);
    set(given.precondInterval, builder::preconditionerInterval);
    set(given.alpha, builder::stepSize);
    set(given.lineSearch, builder::lineSearch);
    set(given.armijo, builder::armijoConstant);
    set(given.rhoLs, builder::backtrackingFactor);
    set(given.maxLsIter, builder::maxBacktracks);
    set(given.reject, builder::rejectIncrease);
    return builder.build();
  }

  /** A number of its own, or a share of the gradient's norm. */
  private void damping(int scheduleSteps) {
    boolean absolute =
        given.rho != null
            || given.rhoMin != null
            || given.rhoSchedule != null
            || given.trustRegion != null;
    boolean relative = given.kappa != null || given.kappaMin != null;
    if (absolute && relative) {
      throw new InputException(
          "--rho, --rho-min, --rho-schedule and --tr do not go with --kappa and --kappa-min: damping"
              + " is a number of its own or a share of the gradient's norm.");
    }
    if (relative) {
      double kappa = given.kappa == null ? KAPPA : given.kappa;
      double least = given.kappaMin == null ? KAPPA_MIN : given.kappaMin;
      if (kappa < least) {
        throw new InputException(
            "--kappa " + kappa + " is below --kappa-min " + least + ": lower --kappa-min as well.");
      }
    }
    if (absolute && given.preset == Preset.DEFAULT) {
      builder
          .dampingRule(DampingRule.GAIN_RATIO)
          .damping(RHO)
          .minDamping(RHO_MIN)
          .maxDamping(Double.MAX_VALUE);
    }
    if (relative && given.preset == Preset.REFERENCE) {
      builder.dampingRule(DampingRule.GRADIENT_NORM).damping(KAPPA).minDamping(KAPPA_MIN);
    }
    boolean scheduled = Boolean.FALSE.equals(given.trustRegion);
    if (given.trustRegion != null) {
      builder.trustRegion(given.trustRegion);
    }
    if (given.rhoSchedule == SgnSettings.Schedule.LINEAR && scheduled && scheduleSteps < 2) {
      throw new InputException("--k " + scheduleSteps + ": --rho-schedule linear takes 2 or more.");
    }
    if (given.rhoSchedule != null) {
      builder.dampingSchedule(
          switch (given.rhoSchedule) {
            case CONST -> DampingSchedule.CONSTANT;
            case LINEAR -> DampingSchedule.LINEAR;
            case COS -> DampingSchedule.COSINE;
          });
    }
    builder.scheduleSteps(scheduleSteps);
    set(given.rho, builder::damping);
    set(given.rhoMin, builder::minDamping);
    set(given.kappa, kappa -> builder.damping(kappa).maxDamping(Math.max(kappa, KAPPA_MAX)));
    set(given.kappaMin, builder::minDamping);
  }

  private void preconditioner() {
    if (given.precond != null && given.cgPrec != null) {
      throw new InputException("--cg-prec and --precond say the same thing: give one of them.");
    }
    Preconditioner chosen = given.precond;
    if (given.cgPrec != null) {
      chosen = given.cgPrec ? Preconditioner.GRADIENT : Preconditioner.NONE;
    }
    if (chosen == null) {
      return;
    }
    builder.preconditioner(chosen != Preconditioner.NONE);
    switch (chosen) {
      case NONE -> {}
      case GRADIENT -> builder.preconditionerSource(PreconditionerSource.SQUARED_GRADIENT);
      case EMPIRICAL_FISHER -> builder.preconditionerSource(PreconditionerSource.EMPIRICAL_FISHER);
      case GGN_DIAGONAL -> builder.preconditionerSource(PreconditionerSource.GGN_DIAGONAL);
      case HUTCHINSON -> builder.preconditionerSource(PreconditionerSource.HUTCHINSON);
      case KRONECKER -> builder.preconditionerSource(PreconditionerSource.KRONECKER);
      case AUTOMATIC -> builder.preconditionerSource(PreconditionerSource.GGN_DIAGONAL_IF_LAYERED);
    }
  }

  private static <T> void set(T value, Consumer<T> option) {
    if (value != null) {
      option.accept(value);
    }
  }
}
