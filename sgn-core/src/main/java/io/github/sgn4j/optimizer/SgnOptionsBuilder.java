package io.github.sgn4j.optimizer;

import io.github.sgn4j.damping.GradientNormDamping;
import io.github.sgn4j.damping.NielsenDamping;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Collects {@link SgnOptions}; {@link #build} checks them. Each method says what the option means,
 * its default, range, and name in the reference implementation if it has one there.
 */
public final class SgnOptionsBuilder {

  double damping = 1e-3;
  double minDamping = 0;
  DampingSchedule dampingSchedule = DampingSchedule.CONSTANT;
  int scheduleSteps = 10;
  double beta = 0;
  boolean preconditioner = false;
  double preconditionerExponent = 1;
  double cgTolerance = 1e-6;
  int cgMaxIterations = 10;
  int cgMinIterations = 10;
  int cgSwitchStep = 10;
  double stepSize = 1;
  boolean lineSearch = true;
  double armijoConstant = 1e-4;
  double backtrackingFactor = 0.5;
  int maxBacktracks = 10;
  int verbosity = 1;
  boolean undampedGainRatio = false;
  boolean rejectIncrease = false;
  boolean armijoFollowsStep = false;
  boolean preconditionerFollowsSchedule = false;
  DampingRule dampingRule = DampingRule.GAIN_RATIO;
  double maxDamping = Double.MAX_VALUE;
  boolean marquardtScaling = false;
  CurvatureKind curvature = CurvatureKind.GAUSS_NEWTON;
  int curvatureSamples = 0;
  SolverKind solver = SolverKind.CG;
  double warmStart = 0;
  double cgRelativeTolerance = 0;
  double cgProgress = 0;
  boolean cgBacktracking = false;
  int cgRefresh = 0;
  PreconditionerSource preconditionerSource = PreconditionerSource.SQUARED_GRADIENT;
  double preconditionerAverage = 0;
  int preconditionerInterval = 20;
  StepRule stepRule = StepRule.FIXED;
  StepSchedule stepSchedule = StepSchedule.CONSTANT;
  double rejectionGrowth = 1.5;
  double averaging = 0;
  final Map<String, Double> dampingFactors = new LinkedHashMap<>();

  /** Whether the loss is known to be a cross-entropy. */
  boolean classifies;

  /** Options that the loss settles unless they are set. */
  final Set<ByLoss> byLoss = EnumSet.noneOf(ByLoss.class);

  SgnOptionsBuilder() {}

  /** See {@link DefaultOptions}. */
  enum ByLoss {
    /** What an automatic limit of iterations follows; not an option. */
    ITERATION_RULE,
    WARM_START,
    STEP_SCHEDULE
  }

  SgnOptionsBuilder copy() {
    SgnOptionsBuilder copy = new SgnOptionsBuilder();
    copy.damping = damping;
    copy.minDamping = minDamping;
    copy.dampingSchedule = dampingSchedule;
    copy.scheduleSteps = scheduleSteps;
    copy.beta = beta;
    copy.preconditioner = preconditioner;
    copy.preconditionerExponent = preconditionerExponent;
    copy.cgTolerance = cgTolerance;
    copy.cgMaxIterations = cgMaxIterations;
    copy.cgMinIterations = cgMinIterations;
    copy.cgSwitchStep = cgSwitchStep;
    copy.stepSize = stepSize;
    copy.lineSearch = lineSearch;
    copy.armijoConstant = armijoConstant;
    copy.backtrackingFactor = backtrackingFactor;
    copy.maxBacktracks = maxBacktracks;
    copy.verbosity = verbosity;
    copy.undampedGainRatio = undampedGainRatio;
    copy.rejectIncrease = rejectIncrease;
    copy.armijoFollowsStep = armijoFollowsStep;
    copy.preconditionerFollowsSchedule = preconditionerFollowsSchedule;
    copy.dampingRule = dampingRule;
    copy.maxDamping = maxDamping;
    copy.marquardtScaling = marquardtScaling;
    copy.curvature = curvature;
    copy.curvatureSamples = curvatureSamples;
    copy.solver = solver;
    copy.warmStart = warmStart;
    copy.cgRelativeTolerance = cgRelativeTolerance;
    copy.cgProgress = cgProgress;
    copy.cgBacktracking = cgBacktracking;
    copy.cgRefresh = cgRefresh;
    copy.preconditionerSource = preconditionerSource;
    copy.preconditionerAverage = preconditionerAverage;
    copy.preconditionerInterval = preconditionerInterval;
    copy.stepRule = stepRule;
    copy.stepSchedule = stepSchedule;
    copy.rejectionGrowth = rejectionGrowth;
    copy.averaging = averaging;
    copy.dampingFactors.putAll(dampingFactors);
    copy.classifies = classifies;
    copy.byLoss.addAll(byLoss);
    return copy;
  }

  /**
   * Initial Levenberg-Marquardt damping rho, added to the curvature's diagonal. Default 1e-3;
   * finite, at least 0. Reference: DAMP_RHO.
   */
  public SgnOptionsBuilder damping(double value) {
    damping = value;
    return this;
  }

  /**
   * Floor of the damping. It binds when the damping falls; an initial damping below it is used as
   * it is, with the {@link #dampingRule}s SCHEDULE and GAIN_RATIO; the others refuse it, and take 0
   * for a small floor of their own. Default 0; finite, at least 0. Reference: DAMP_RHO_MIN.
   */
  public SgnOptionsBuilder minDamping(double value) {
    minDamping = value;
    return this;
  }

  /**
   * Whether the gain ratio adapts the damping (Nocedal and Wright, algorithm 4.1): the {@link
   * #dampingRule} GAIN_RATIO, or else SCHEDULE. Default true. Reference: TR.
   */
  public SgnOptionsBuilder trustRegion(boolean value) {
    return dampingRule(value ? DampingRule.GAIN_RATIO : DampingRule.SCHEDULE);
  }

  /** How the damping goes when the trust region is off. Default CONSTANT. Reference: RHO_DECAY. */
  public SgnOptionsBuilder dampingSchedule(DampingSchedule value) {
    dampingSchedule = Objects.requireNonNull(value, "dampingSchedule");
    return this;
  }

  /**
   * Last step of the damping schedule. Default 10; at least 1, for the linear schedule 2.
   * Reference: K.
   */
  public SgnOptionsBuilder scheduleSteps(int value) {
    scheduleSteps = value;
    return this;
  }

  /**
   * Weight of the past in the exponential moving average of the gradient that replaces the gradient
   * in the solve; 0 switches it off. Default 0; at least 0, below 1. Reference: BETA.
   */
  public SgnOptionsBuilder beta(double value) {
    beta = value;
    return this;
  }

  /**
   * Whether conjugate gradients use a preconditioner: the diagonal one (m*m + rho)^(-exponent), or
   * what {@link #preconditionerSource} names. Default false. Reference: CG_PREC.
   */
  public SgnOptionsBuilder preconditioner(boolean value) {
    preconditioner = value;
    return this;
  }

  /** That exponent. Default 1; between 0 and 1. Reference: ALPHA_EXP. */
  public SgnOptionsBuilder preconditionerExponent(double value) {
    preconditionerExponent = value;
    return this;
  }

  /**
   * Conjugate gradients stop when the largest absolute value of the residual is at or below it; 0
   * lets them use up their iterations. Default 1e-6; finite, at least 0. Reference: CG_TOL.
   */
  public SgnOptionsBuilder cgTolerance(double value) {
    cgTolerance = value;
    return this;
  }

  /**
   * Limit of conjugate gradient iterations from step {@link #cgSwitchStep} on. 0 leaves it to the
   * curvature's samples, since more would fit their noise: a tenth of them, 5 to 20; of the
   * defaults with a cross-entropy 320 times the samples per parameter, 1 to 5, in the first 128
   * steps 2 at least. Default 10; at least 0. Reference: MAX_CG_ITERS.
   */
  public SgnOptionsBuilder cgMaxIterations(int value) {
    cgMaxIterations = value;
    return this;
  }

  /**
   * Limit of conjugate gradient iterations in the steps before {@link #cgSwitchStep}. May be above
   * {@link #cgMaxIterations}, as in the published runs; 0 as there. Default 10; at least 0.
   * Reference: MIN_CG_ITERS.
   */
  public SgnOptionsBuilder cgMinIterations(int value) {
    cgMinIterations = value;
    return this;
  }

  /**
   * First step, counted from 1, that is limited by {@link #cgMaxIterations}. Default 10; at least
   * 0. Reference: K_CG.
   */
  public SgnOptionsBuilder cgSwitchStep(int value) {
    cgSwitchStep = value;
    return this;
  }

  /**
   * Step size along the direction, the first one that the line search tries. Default 1; finite,
   * above 0. Reference: ALPHA.
   */
  public SgnOptionsBuilder stepSize(double value) {
    stepSize = value;
    return this;
  }

  /**
   * Whether a backtracking line search shortens steps (Nocedal and Wright, algorithm 3.1). Default
   * true. Reference: LS.
   */
  public SgnOptionsBuilder lineSearch(boolean value) {
    lineSearch = value;
    return this;
  }

  /**
   * Share of the decrease promised by the slope that the line search asks for. Default 1e-4; at
   * least 0, below 1. Reference: C_LS.
   */
  public SgnOptionsBuilder armijoConstant(double value) {
    armijoConstant = value;
    return this;
  }

  /** By which the line search shortens a step. Default 0.5; above 0, below 1. Reference: RHO_LS. */
  public SgnOptionsBuilder backtrackingFactor(double value) {
    backtrackingFactor = value;
    return this;
  }

  /**
   * How often it does so at most; the last step is then kept. Default 10; at least 0. Reference:
   * MAX_LS_ITERS.
   */
  public SgnOptionsBuilder maxBacktracks(int value) {
    maxBacktracks = value;
    return this;
  }

  /**
   * What is logged through SLF4J: 0 nothing, 1 warnings, 2 also a line per step (info), 3 also its
   * solve and line search. Default 1; 0 to 3. Reference: PRINT_LEVEL.
   */
  public SgnOptionsBuilder verbosity(int value) {
    verbosity = value;
    return this;
  }

  /**
   * Whether the trust region predicts with the undamped quadratic model of the full step and the
   * averaged gradient throughout. Off: with half of (residual + gradient).d, which mixes the raw
   * gradient with a residual of the averaged one and counts the damping as curvature. Default
   * false. Not in the reference, which behaves as when it is off.
   */
  public SgnOptionsBuilder undampedGainRatio(boolean value) {
    undampedGainRatio = value;
    return this;
  }

  /**
   * Whether a step that raises the batch's loss is taken back. Averages and step count still
   * advance, and the trust region raises the damping. Off: every step is kept. Default false. Not
   * in the reference, which behaves as when it is off.
   */
  public SgnOptionsBuilder rejectIncrease(boolean value) {
    rejectIncrease = value;
    return this;
  }

  /**
   * Whether the line search asks a shortened step for its own share of the decrease, as the
   * textbook does. Off: for that of the first step. Default false. Not in the reference, which
   * behaves as when it is off.
   */
  public SgnOptionsBuilder armijoFollowsStep(boolean value) {
    armijoFollowsStep = value;
    return this;
  }

  /**
   * Whether the preconditioner uses the scheduled damping of the step. Off: the trust region's
   * current damping, or the initial one when a schedule is on. Default false. Not in the reference,
   * which behaves as when it is off.
   */
  public SgnOptionsBuilder preconditionerFollowsSchedule(boolean value) {
    preconditionerFollowsSchedule = value;
    return this;
  }

  /**
   * How the damping comes about. Default GAIN_RATIO, the reference's trust region; {@link
   * #trustRegion} is another way to say GAIN_RATIO or SCHEDULE.
   */
  public SgnOptionsBuilder dampingRule(DampingRule value) {
    dampingRule = Objects.requireNonNull(value, "dampingRule");
    return this;
  }

  /**
   * Ceiling of the damping, for rules other than SCHEDULE. Default: the largest finite number; at
   * least {@link #minDamping}.
   */
  public SgnOptionsBuilder maxDamping(double value) {
    maxDamping = value;
    return this;
  }

  /**
   * Whether damping is scaled by the curvature's diagonal D: G + rho D instead of G + rho I
   * (Marquardt 1963; More 1978). Default false. Needs a source of the diagonal: {@link
   * #preconditionerSource} GGN_DIAGONAL or HUTCHINSON says which, whether the preconditioner is on
   * or not.
   */
  public SgnOptionsBuilder marquardtScaling(boolean value) {
    marquardtScaling = value;
    return this;
  }

  /**
   * A group of parameters with a damping of its own: rho times this factor, whatever rule rho comes
   * from, so that the system is (G + rho D) d = -m with the factor in D (times the curvature's
   * diagonal, with {@link #marquardtScaling}). A large factor holds the group back, a small one
   * lets it go further. The preconditioner's damping is scaled alike. Default: 1 for all. A
   * parameter that several patterns match has the factor that was given last.
   *
   * @param pattern a parameter's name, or a pattern with * for any characters and ? for one; one
   *     that no parameter matches is refused when the optimizer is made
   * @param factor finite, above 0
   */
  public SgnOptionsBuilder dampingFactor(String pattern, double factor) {
    Objects.requireNonNull(pattern, "pattern");
    // Anew to the end: the last one given counts.
    dampingFactors.remove(pattern);
    dampingFactors.put(pattern, factor);
    return this;
  }

  /** Which curvature matrix is taken. Default GAUSS_NEWTON. */
  public SgnOptionsBuilder curvature(CurvatureKind value) {
    curvature = Objects.requireNonNull(value, "curvature");
    return this;
  }

  /**
   * How many of the batch's samples the curvature is taken from; gradient, losses and gain ratio
   * are of all samples. The gain ratio then judges the model on samples that it was not made of,
   * and products cost less. Default 0: all of them. At least 0; more than the batch has mean all.
   */
  public SgnOptionsBuilder curvatureSamples(int value) {
    curvatureSamples = value;
    return this;
  }

  /** What solves the damped system. Default CG. */
  public SgnOptionsBuilder solver(SolverKind value) {
    solver = Objects.requireNonNull(value, "solver");
    return this;
  }

  /**
   * What the solve starts from: so many times the last applied step (Martens 2010, section 4.5,
   * with the decay of Martens and Sutskever 2012). Default 0: from zero. At least 0, at most 1.
   */
  public SgnOptionsBuilder warmStart(double value) {
    warmStart = value;
    byLoss.remove(ByLoss.WARM_START);
    return this;
  }

  /**
   * Conjugate gradients stop when the residual's Euclidean norm is at or below so many times the
   * right-hand side's. Default 0: never. At least 0, below 1.
   */
  public SgnOptionsBuilder cgRelativeTolerance(double value) {
    cgRelativeTolerance = value;
    return this;
  }

  /**
   * Conjugate gradients stop when their quadratic model has fallen by less than so much per
   * iteration, relatively, over the last 10 or 10 % of iterations (Martens 2010, section 4.4, where
   * it is 5e-4). Default 0: never. At least 0, below 1.
   */
  public SgnOptionsBuilder cgProgress(double value) {
    cgProgress = value;
    return this;
  }

  /**
   * Whether the solve's intermediate iterates are tried as well, from the last one backwards while
   * the loss falls (Martens 2010, section 4.6). Default false.
   */
  public SgnOptionsBuilder cgBacktracking(boolean value) {
    cgBacktracking = value;
    return this;
  }

  /**
   * After how many iterations conjugate gradients compute their residual anew by a product. Default
   * 0: never. At least 0.
   */
  public SgnOptionsBuilder cgRefresh(int value) {
    cgRefresh = value;
    return this;
  }

  /** What the preconditioner is made of. Default SQUARED_GRADIENT, as in the reference. */
  public SgnOptionsBuilder preconditionerSource(PreconditionerSource value) {
    preconditionerSource = Objects.requireNonNull(value, "preconditionerSource");
    return this;
  }

  /**
   * Weight of the past in the moving average of the preconditioner's diagonal or factors. Default
   * 0: none. At least 0, below 1.
   */
  public SgnOptionsBuilder preconditionerAverage(double value) {
    preconditionerAverage = value;
    return this;
  }

  /**
   * Steps from one inversion of the factors of a KRONECKER preconditioner to the next; before that
   * many steps, after 1, 2, 4, 8, ... of them. Default 20; at least 1.
   */
  public SgnOptionsBuilder preconditionerInterval(int value) {
    preconditionerInterval = value;
    return this;
  }

  /** What the first step size, and momentum, is taken from. Default FIXED: {@link #stepSize}. */
  public SgnOptionsBuilder stepRule(StepRule value) {
    stepRule = Objects.requireNonNull(value, "stepRule");
    return this;
  }

  /**
   * Factor of the step size as the budget of steps or seconds is used up; the trainer tells how
   * much is. Default: always 1.
   */
  public SgnOptionsBuilder stepSchedule(StepSchedule value) {
    stepSchedule = Objects.requireNonNull(value, "stepSchedule");
    byLoss.remove(ByLoss.STEP_SCHEDULE);
    return this;
  }

  /**
   * By what a step that is taken back multiplies the damping, for the rules GAIN_RATIO and
   * GRADIENT_NORM. Default 1.5. Finite, at least 1.
   */
  public SgnOptionsBuilder rejectionGrowth(double value) {
    rejectionGrowth = value;
    return this;
  }

  /**
   * Exponent eta of the polynomial-decay average of the iterates, avg += (eta + 1) / (t + eta + 1)
   * (theta - avg) (Shamir and Zhang 2013); the trainer hands out the average where its loss is
   * lower than the last iterate's. Default 0: none. At least 0.
   */
  public SgnOptionsBuilder averaging(double value) {
    averaging = value;
    return this;
  }

  /** The floor of the damping rule: some of them need one above 0. */
  double dampingFloor() {
    if (minDamping > 0) {
      return minDamping;
    }
    return switch (dampingRule) {
      case GRADIENT_NORM -> GradientNormDamping.FLOOR;
      case NIELSEN -> NielsenDamping.FLOOR;
      default -> 0;
    };
  }

  /** A schedule is known beforehand: it must not reach the 0 that row-space solves divide by. */
  private void requireDampingOfRowSpace() {
    if (solver != SolverKind.ROW_SPACE || dampingRule != DampingRule.SCHEDULE) {
      return;
    }
    Options.positive("damping", damping);
    if (dampingSchedule != DampingSchedule.CONSTANT) {
      Options.require(
          minDamping > 0,
          "minDamping",
          minDamping,
          "above 0, where a schedule of ROW_SPACE's damping ends");
    }
  }

  /**
   * The options.
   *
   * @throws IllegalArgumentException if one is out of its range; the message names it
   */
  public SgnOptions build() {
    Options.nonNegative("damping", damping);
    Options.nonNegative("minDamping", minDamping);
    Options.atLeast(
        dampingSchedule == DampingSchedule.LINEAR && dampingRule == DampingRule.SCHEDULE ? 2 : 1,
        "scheduleSteps",
        scheduleSteps);
    Options.belowOne("beta", beta);
    Options.fraction("preconditionerExponent", preconditionerExponent);
    Options.nonNegative("cgTolerance", cgTolerance);
    Options.atLeast(0, "cgMaxIterations", cgMaxIterations);
    Options.atLeast(0, "cgMinIterations", cgMinIterations);
    Options.atLeast(0, "cgSwitchStep", cgSwitchStep);
    Options.positive("stepSize", stepSize);
    Options.belowOne("armijoConstant", armijoConstant);
    Options.require(
        backtrackingFactor > 0 && backtrackingFactor < 1,
        "backtrackingFactor",
        backtrackingFactor,
        "above 0 and below 1");
    Options.atLeast(0, "maxBacktracks", maxBacktracks);
    Options.require(verbosity >= 0 && verbosity <= 3, "verbosity", verbosity, "0 to 3");
    Options.require(
        maxDamping >= minDamping && maxDamping < Double.POSITIVE_INFINITY,
        "maxDamping",
        maxDamping,
        "finite and at least minDamping = " + minDamping);
    requireDampingOfRowSpace();
    if (dampingRule != DampingRule.SCHEDULE) {
      double least = dampingRule == DampingRule.GAIN_RATIO ? 0 : dampingFloor();
      Options.require(
          damping >= least && damping <= maxDamping,
          "damping",
          damping,
          "at least " + least + " and at most maxDamping = " + maxDamping);
    }
    Options.atLeast(0, "curvatureSamples", curvatureSamples);
    Options.fraction("warmStart", warmStart);
    Options.belowOne("cgRelativeTolerance", cgRelativeTolerance);
    Options.belowOne("cgProgress", cgProgress);
    Options.atLeast(0, "cgRefresh", cgRefresh);
    Options.belowOne("preconditionerAverage", preconditionerAverage);
    Options.atLeast(1, "preconditionerInterval", preconditionerInterval);
    Options.require(
        rejectionGrowth >= 1 && rejectionGrowth < Double.POSITIVE_INFINITY,
        "rejectionGrowth",
        rejectionGrowth,
        "finite and at least 1");
    Options.nonNegative("averaging", averaging);
    dampingFactors.forEach(
        (pattern, factor) -> Options.positive("dampingFactor of '" + pattern + "'", factor));
    Options.require(
        !marquardtScaling || preconditionerSource != PreconditionerSource.SQUARED_GRADIENT,
        "preconditionerSource",
        preconditionerSource,
        "a source of the curvature's diagonal, such as HUTCHINSON, with marquardtScaling");
    return new SgnOptions(this);
  }
}
