package io.github.sgn4j.examples.cli;

import io.github.sgn4j.optimizer.DampingSchedule;
import io.github.sgn4j.optimizer.SgnOptions;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of {@code --solver SGN}; defaults are those of the published runs' scripts. */
final class SgnSettings {

  /** The choices of {@code --rho-schedule}, as users write them. */
  enum Schedule {
    CONST(DampingSchedule.CONSTANT),
    LINEAR(DampingSchedule.LINEAR),
    COS(DampingSchedule.COSINE);

    private final DampingSchedule schedule;

    Schedule(DampingSchedule schedule) {
      this.schedule = schedule;
    }
  }

  @Option(
      names = "--rho",
      paramLabel = "NUMBER",
      defaultValue = "1e-3",
      converter = Ranges.NonNegative.class,
      description = "Initial Levenberg-Marquardt damping. Default ${DEFAULT-VALUE}.")
  double rho;

  @Option(
      names = "--rho-min",
      paramLabel = "NUMBER",
      defaultValue = "1e-6",
      converter = Ranges.NonNegative.class,
      description = "Floor of the damping. Default ${DEFAULT-VALUE}.")
  double rhoMin;

  @Option(
      names = "--rho-schedule",
      paramLabel = "const|linear|cos",
      defaultValue = "const",
      description =
          "How the damping goes when the trust region is off (--no-tr), until step --k. Default"
              + " ${DEFAULT-VALUE}.")
  Schedule rhoSchedule;

  @Option(
      names = "--beta",
      paramLabel = "NUMBER",
      defaultValue = "0",
      converter = Ranges.BelowOne.class,
      description = "Weight of the past in the average of gradients. Default ${DEFAULT-VALUE}.")
  double beta;

  @Option(
      names = "--cg-prec",
      description = "Precondition conjugate gradients with the squared gradient. Default off.")
  boolean cgPrec;

  @Option(
      names = "--alpha-exp",
      paramLabel = "NUMBER",
      defaultValue = "1",
      converter = Ranges.Fraction.class,
      description = "Exponent of the preconditioner, 0 to 1. Default ${DEFAULT-VALUE}.")
  double alphaExp;

  @Option(
      names = "--tr",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Let a trust region adapt the damping, or not. Default on.")
  boolean trustRegion;

  @Option(
      names = "--ls",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Let a backtracking line search shorten steps, or not. Default on.")
  boolean lineSearch;

  @Option(
      names = "--alpha",
      paramLabel = "NUMBER",
      defaultValue = "1",
      converter = Ranges.Positive.class,
      description = "Step size, the first that the line search tries. Default ${DEFAULT-VALUE}.")
  double alpha;

  @Option(
      names = "--c-ls",
      paramLabel = "NUMBER",
      defaultValue = "1e-4",
      converter = Ranges.BelowOne.class,
      description = "The line search's sufficient decrease (Armijo). Default ${DEFAULT-VALUE}.")
  double armijo;

  @Option(
      names = "--rho-ls",
      paramLabel = "NUMBER",
      defaultValue = "0.5",
      converter = Ranges.Between.class,
      description = "By which the line search shortens a step. Default ${DEFAULT-VALUE}.")
  double rhoLs;

  @Option(
      names = "--max-ls-iter",
      paramLabel = "N",
      defaultValue = "10",
      converter = Ranges.CountOrZero.class,
      description = "How often it does so at most. Default ${DEFAULT-VALUE}.")
  int maxLsIter;

  @Option(
      names = "--cg-tol",
      paramLabel = "NUMBER",
      defaultValue = "1e-6",
      converter = Ranges.NonNegative.class,
      description = "Residual at which conjugate gradients stop. Default ${DEFAULT-VALUE}.")
  double cgTol;

  @Option(
      names = "--cg-min-iter",
      paramLabel = "N",
      defaultValue = "10",
      converter = Ranges.Count.class,
      description =
          "Their limit of iterations in the steps before --k-cg; may be above --cg-max-iter. Default"
              + " ${DEFAULT-VALUE}.")
  int cgMinIter;

  @Option(
      names = "--cg-max-iter",
      paramLabel = "N",
      defaultValue = "10",
      converter = Ranges.Count.class,
      description = "Their limit of iterations from step --k-cg on. Default ${DEFAULT-VALUE}.")
  int cgMaxIter;

  @Option(
      names = "--k-cg",
      paramLabel = "STEP",
      defaultValue = "10",
      converter = Ranges.CountOrZero.class,
      description =
          "Step, counted from 1, from which --cg-max-iter holds. Default ${DEFAULT-VALUE}.")
  int kCg;

  /**
   * The library's options.
   *
   * @param scheduleSteps last step of the damping schedule
   */
  SgnOptions toOptions(int scheduleSteps) {
    if (rhoSchedule == Schedule.LINEAR && !trustRegion && scheduleSteps < 2) {
      throw new InputException("--k " + scheduleSteps + ": --rho-schedule linear takes 2 or more.");
    }
    return SgnOptions.builder()
        .damping(rho)
        .minDamping(rhoMin)
        .dampingSchedule(rhoSchedule.schedule)
        .scheduleSteps(scheduleSteps)
        .beta(beta)
        .preconditioner(cgPrec)
        .preconditionerExponent(alphaExp)
        .trustRegion(trustRegion)
        .lineSearch(lineSearch)
        .stepSize(alpha)
        .armijoConstant(armijo)
        .backtrackingFactor(rhoLs)
        .maxBacktracks(maxLsIter)
        .cgTolerance(cgTol)
        .cgMinIterations(cgMinIter)
        .cgMaxIterations(cgMaxIter)
        .cgSwitchStep(kCg)
        .build();
  }

  /** Adds these options to a run's configuration. */
  void describe(Map<String, Object> config, int scheduleSteps) {
    config.put("rho", rho);
    config.put("rho_min", rhoMin);
    config.put("rho_schedule", OptionText.of(rhoSchedule));
    config.put("k", scheduleSteps);
    config.put("beta", beta);
    config.put("cg_prec", cgPrec);
    config.put("alpha_exp", alphaExp);
    config.put("tr", trustRegion);
    config.put("ls", lineSearch);
    config.put("alpha", alpha);
    config.put("c_ls", armijo);
    config.put("rho_ls", rhoLs);
    config.put("max_ls_iter", maxLsIter);
    config.put("cg_tol", cgTol);
    config.put("cg_min_iter", cgMinIter);
    config.put("cg_max_iter", cgMaxIter);
    config.put("k_cg", kCg);
  }
}
