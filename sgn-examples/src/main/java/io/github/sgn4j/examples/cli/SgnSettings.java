package io.github.sgn4j.examples.cli;

import picocli.CommandLine.Option;

/** The options of {@code --solver SGN} as they were given; null where they were not. */
class SgnSettings {

  /** The choices of {@code --preset}. */
  enum Preset {
    DEFAULT,
    REFERENCE
  }

  /** The choices of {@code --rho-schedule}. */
  enum Schedule {
    CONST,
    LINEAR,
    COS
  }

  /** The choices of {@code --curvature}. */
  enum Curvature {
    GAUSS_NEWTON,
    EMPIRICAL_FISHER,
    SAMPLED_FISHER,
    HESSIAN;

    @Override
    public String toString() {
      return OptionText.of(this);
    }
  }

  /** The choices of {@code --linear-solver}. */
  enum LinearSolverName {
    CG,
    ROW_SPACE,
    DENSE,
    AUTOMATIC;

    @Override
    public String toString() {
      return OptionText.of(this);
    }
  }

  /** The choices of {@code --precond}. */
  enum Preconditioner {
    NONE,
    GRADIENT,
    EMPIRICAL_FISHER,
    GGN_DIAGONAL,
    HUTCHINSON,
    KRONECKER,
    AUTOMATIC;

    @Override
    public String toString() {
      return OptionText.of(this);
    }
  }

  /** The choices of {@code --step-rule}. */
  enum StepChoice {
    FIXED,
    QUADRATIC,
    MOMENTUM
  }

  @Option(
      names = "--preset",
      paramLabel = "default|reference",
      defaultValue = "default",
      description =
          "Where the options below start from: what this library recommends, or the "
              + "method as it was published. Default ${DEFAULT-VALUE}.")
  Preset preset;

  @Option(
      names = "--rho",
      paramLabel = "NUMBER",
      converter = Ranges.NonNegative.class,
      description =
          "Initial Levenberg-Marquardt damping; makes damping a number of its own, not a "
              + "share of the gradient's norm. Default 1e-3.")
  Double rho;

  @Option(
      names = "--rho-min",
      paramLabel = "NUMBER",
      converter = Ranges.NonNegative.class,
      description = "Floor of that damping. Default 1e-6.")
  Double rhoMin;

  @Option(
      names = "--rho-schedule",
      paramLabel = "const|linear|cos",
      description =
          "How that damping goes when the trust region is off (--no-tr), until step --k. "
              + "Default const.")
  Schedule rhoSchedule;

  @Option(
      names = "--tr",
      negatable = true,
      fallbackValue = "true",
      description = "Let a trust region adapt that damping, or not. Default on.")
  Boolean trustRegion;

  @Option(
      names = "--kappa",
      paramLabel = "NUMBER",
      converter = Ranges.Positive.class,
      description =
          "Initial damping as a share of the gradient's norm; the trust region adapts the "
              + "share. Default 0.1 with the default preset.")
  Double kappa;

  @Option(
      names = "--kappa-min",
      paramLabel = "NUMBER",
      converter = Ranges.Positive.class,
      description = "Floor of that share. Default 1e-3.")
  Double kappaMin;

  @Option(
      names = "--curvature",
      paramLabel = "NAME",
      description =
          "The matrix of a step's system, one of ${COMPLETION-CANDIDATES}. Default gauss-newton.")
  Curvature curvature;

  @Option(
      names = "--curvature-samples",
      paramLabel = "N",
      converter = Ranges.CountOrZero.class,
      description =
          "Take the curvature from so many samples of the batch, 0 for all; gradient and "
              + "losses are of all.")
  Integer curvatureSamples;

  @Option(
      names = "--beta",
      paramLabel = "NUMBER",
      converter = Ranges.BelowOne.class,
      description = "Weight of the past in the average of gradients. Default 0.")
  Double beta;

  @Option(
      names = "--linear-solver",
      paramLabel = "cg|row-space|dense|automatic",
      description = "What solves a step's system: conjugate gradients, or exactly. Default cg.")
  LinearSolverName linearSolver;

  @Option(
      names = "--cg-max-iter",
      paramLabel = "N",
      converter = Ranges.Count.class,
      description =
          "Limit of conjugate gradient iterations from step --k-cg on. Default: of numbers a tenth "
              + "of the curvature's samples, 5 to 20; of classes 320 times those samples per "
              + "parameter, 1 to 5, at first at least 2; 10 with the reference preset.")
  Integer cgMaxIter;

  @Option(
      names = "--cg-min-iter",
      paramLabel = "N",
      converter = Ranges.Count.class,
      description =
          "Their limit in the steps before --k-cg; may be above --cg-max-iter. Default "
              + "10; --cg-max-iter with the default preset.")
  Integer cgMinIter;

  @Option(
      names = "--k-cg",
      paramLabel = "STEP",
      converter = Ranges.CountOrZero.class,
      description = "Step, counted from 1, from which --cg-max-iter holds. Default 10.")
  Integer kCg;

  @Option(
      names = "--cg-tol",
      paramLabel = "NUMBER",
      converter = Ranges.NonNegative.class,
      description = "Residual at which they stop. Default 1e-6 with the reference preset.")
  Double cgTol;

  @Option(
      names = "--cg-rel-tol",
      paramLabel = "NUMBER",
      converter = Ranges.BelowOne.class,
      description = "Residual, relative to the gradient, at which they stop. Default 0.")
  Double cgRelTol;

  @Option(
      names = "--cg-progress",
      paramLabel = "NUMBER",
      converter = Ranges.BelowOne.class,
      description = "Progress per iteration below which they stop (Martens: 5e-4). Default 0, off.")
  Double cgProgress;

  @Option(
      names = "--cg-backtracking",
      negatable = true,
      fallbackValue = "true",
      description = "Try their intermediate iterates, too. Default off.")
  Boolean cgBacktracking;

  @Option(
      names = "--warm-start",
      paramLabel = "NUMBER",
      converter = Ranges.Fraction.class,
      description =
          "Start them at so many times the last step. Default 0.7 for classes, 0.9 for "
              + "numbers; 0 with the reference preset.")
  Double warmStart;

  @Option(
      names = "--precond",
      paramLabel = "NAME",
      description =
          "Preconditioner, one of ${COMPLETION-CANDIDATES}; all diagonal but kronecker. "
              + "Default none with the reference preset, else kronecker.")
  Preconditioner precond;

  @Option(
      names = "--cg-prec",
      negatable = true,
      fallbackValue = "true",
      description = "The same as --precond gradient, or none.")
  Boolean cgPrec;

  @Option(
      names = "--alpha-exp",
      paramLabel = "NUMBER",
      converter = Ranges.Fraction.class,
      description =
          "Exponent of a diagonal preconditioner, 0 to 1. Default 1 with the reference preset, "
              + "else 0.75.")
  Double alphaExp;

  @Option(
      names = "--precond-average",
      paramLabel = "NUMBER",
      converter = Ranges.BelowOne.class,
      description =
          "Weight of the past in the average that it is made of. Default 0 with the "
              + "reference preset, else 0.95.")
  Double precondAverage;

  @Option(
      names = "--precond-interval",
      paramLabel = "STEPS",
      converter = Ranges.Count.class,
      description =
          "Steps from one inversion of kronecker's factors to the next; fewer at first. "
              + "Default 20 with the reference preset, else 50.")
  Integer precondInterval;

  @Option(
      names = "--alpha",
      paramLabel = "NUMBER",
      converter = Ranges.Positive.class,
      description = "Step size, the first that the line search tries. Default 1.")
  Double alpha;

  @Option(
      names = "--step-rule",
      paramLabel = "fixed|quadratic|momentum",
      description =
          "Take the first step size, and momentum, from the quadratic model, or not. "
              + "Default fixed.")
  StepChoice stepRule;

  @Option(
      names = "--decay-from",
      paramLabel = "FRACTION",
      converter = Ranges.Fraction.class,
      description =
          "Let the step size fall to 0 from that share of the epochs or seconds on. "
              + "Default 1, never; 0.5 for classes with the default preset.")
  Double decayFrom;

  @Option(
      names = "--ls",
      negatable = true,
      fallbackValue = "true",
      description = "Let a backtracking line search shorten steps, or not. Default on.")
  Boolean lineSearch;

  @Option(
      names = "--c-ls",
      paramLabel = "NUMBER",
      converter = Ranges.BelowOne.class,
      description = "The line search's sufficient decrease (Armijo). Default 1e-4.")
  Double armijo;

  @Option(
      names = "--rho-ls",
      paramLabel = "NUMBER",
      converter = Ranges.Between.class,
      description = "By which the line search shortens a step. Default 0.5.")
  Double rhoLs;

  @Option(
      names = "--max-ls-iter",
      paramLabel = "N",
      converter = Ranges.CountOrZero.class,
      description = "How often it does so at most. Default 10.")
  Integer maxLsIter;

  @Option(
      names = "--reject",
      negatable = true,
      fallbackValue = "true",
      description =
          "Take back steps that raise the batch's loss, or not. Default on with the "
              + "default preset.")
  Boolean reject;
}
