package io.github.sgn4j.optimizer;

import io.github.sgn4j.damping.ConstantDamping;
import io.github.sgn4j.damping.CosineDamping;
import io.github.sgn4j.damping.DampingPolicy;
import io.github.sgn4j.damping.LinearDamping;
import io.github.sgn4j.damping.TrustRegionDamping;
import io.github.sgn4j.linesearch.ArmijoBacktracking;
import io.github.sgn4j.linesearch.FixedStep;
import io.github.sgn4j.linesearch.LineSearch;
import java.util.Objects;

/**
 * Options of the stochastic generalized Gauss-Newton method (Gargiani et al. 2020). Immutable; what
 * each one means, its default, range and name in the reference implementation stand at the {@link
 * Builder}'s methods.
 */
public final class SgnOptions {

  private final Builder chosen;

  private SgnOptions(Builder builder) {
    chosen = builder.copy();
  }

  /** A builder with the reference implementation's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The reference implementation's behaviour and defaults. */
  public static SgnOptions reference() {
    return builder().build();
  }

  /** A builder that starts from these options. */
  public Builder toBuilder() {
    return chosen.copy();
  }

  /** The limit on conjugate gradient iterations in that step, counted from 1. */
  public int cgLimit(long step) {
    return step < chosen.cgSwitchStep ? chosen.cgMinIterations : chosen.cgMaxIterations;
  }

  /** A new policy as these options describe it. */
  DampingPolicy newDampingPolicy() {
    double initial = chosen.damping;
    double floor = chosen.minDamping;
    if (chosen.trustRegion) {
      return new TrustRegionDamping(initial, floor);
    }
    return switch (chosen.dampingSchedule) {
      case CONSTANT -> new ConstantDamping(initial);
      case LINEAR -> new LinearDamping(initial, floor, chosen.scheduleSteps);
      case COSINE -> new CosineDamping(initial, floor, chosen.scheduleSteps);
    };
  }

  /** The line search that these options describe. */
  LineSearch newLineSearch() {
    return chosen.lineSearch
        ? new ArmijoBacktracking(
            chosen.armijoConstant,
            chosen.backtrackingFactor,
            chosen.maxBacktracks,
            chosen.armijoFollowsStep)
        : new FixedStep();
  }

  /** See {@link Builder#damping}. */
  public double damping() {
    return chosen.damping;
  }

  /** See {@link Builder#minDamping}. */
  public double minDamping() {
    return chosen.minDamping;
  }

  /** See {@link Builder#trustRegion}. */
  public boolean trustRegion() {
    return chosen.trustRegion;
  }

  /** See {@link Builder#dampingSchedule}. */
  public DampingSchedule dampingSchedule() {
    return chosen.dampingSchedule;
  }

  /** See {@link Builder#scheduleSteps}. */
  public int scheduleSteps() {
    return chosen.scheduleSteps;
  }

  /** See {@link Builder#beta}. */
  public double beta() {
    return chosen.beta;
  }

  /** See {@link Builder#preconditioner}. */
  public boolean preconditioner() {
    return chosen.preconditioner;
  }

  /** See {@link Builder#preconditionerExponent}. */
  public double preconditionerExponent() {
    return chosen.preconditionerExponent;
  }

  /** See {@link Builder#cgTolerance}. */
  public double cgTolerance() {
    return chosen.cgTolerance;
  }

  /** See {@link Builder#cgMaxIterations}. */
  public int cgMaxIterations() {
    return chosen.cgMaxIterations;
  }

  /** See {@link Builder#cgMinIterations}. */
  public int cgMinIterations() {
    return chosen.cgMinIterations;
  }

  /** See {@link Builder#cgSwitchStep}. */
  public int cgSwitchStep() {
    return chosen.cgSwitchStep;
  }

  /** See {@link Builder#stepSize}. */
  public double stepSize() {
    return chosen.stepSize;
  }

  /** See {@link Builder#lineSearch}. */
  public boolean lineSearch() {
    return chosen.lineSearch;
  }

  /** See {@link Builder#armijoConstant}. */
  public double armijoConstant() {
    return chosen.armijoConstant;
  }

  /** See {@link Builder#backtrackingFactor}. */
  public double backtrackingFactor() {
    return chosen.backtrackingFactor;
  }

  /** See {@link Builder#maxBacktracks}. */
  public int maxBacktracks() {
    return chosen.maxBacktracks;
  }

  /** See {@link Builder#verbosity}. */
  public int verbosity() {
    return chosen.verbosity;
  }

  /** See {@link Builder#undampedGainRatio}. */
  public boolean undampedGainRatio() {
    return chosen.undampedGainRatio;
  }

  /** See {@link Builder#rejectIncrease}. */
  public boolean rejectIncrease() {
    return chosen.rejectIncrease;
  }

  /** See {@link Builder#armijoFollowsStep}. */
  public boolean armijoFollowsStep() {
    return chosen.armijoFollowsStep;
  }

  /** See {@link Builder#preconditionerFollowsSchedule}. */
  public boolean preconditionerFollowsSchedule() {
    return chosen.preconditionerFollowsSchedule;
  }

  /** Collects options; {@link #build} checks them. */
  public static final class Builder {

    private double damping = 1e-3;
    private double minDamping = 0;
    private boolean trustRegion = true;
    private DampingSchedule dampingSchedule = DampingSchedule.CONSTANT;
    private int scheduleSteps = 10;
    private double beta = 0;
    private boolean preconditioner = false;
    private double preconditionerExponent = 1;
    private double cgTolerance = 1e-6;
    private int cgMaxIterations = 10;
    private int cgMinIterations = 10;
    private int cgSwitchStep = 10;
    private double stepSize = 1;
    private boolean lineSearch = true;
    private double armijoConstant = 1e-4;
    private double backtrackingFactor = 0.5;
    private int maxBacktracks = 10;
    private int verbosity = 1;
    private boolean undampedGainRatio = false;
    private boolean rejectIncrease = false;
    private boolean armijoFollowsStep = false;
    private boolean preconditionerFollowsSchedule = false;

    private Builder() {}

    private Builder copy() {
      Builder copy = new Builder();
      copy.damping = damping;
      copy.minDamping = minDamping;
      copy.trustRegion = trustRegion;
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
      return copy;
    }

    /**
     * Initial Levenberg-Marquardt damping rho, added to the curvature's diagonal. Default 1e-3;
     * finite, at least 0. Reference: DAMP_RHO.
     */
    public Builder damping(double value) {
      damping = value;
      return this;
    }

    /**
     * Floor of the damping. It binds when the damping falls; an initial damping below it is used as
     * it is. Default 0; finite, at least 0. Reference: DAMP_RHO_MIN.
     */
    public Builder minDamping(double value) {
      minDamping = value;
      return this;
    }

    /**
     * Whether the gain ratio adapts the damping (Nocedal and Wright, algorithm 4.1). Default true.
     * Reference: TR.
     */
    public Builder trustRegion(boolean value) {
      trustRegion = value;
      return this;
    }

    /**
     * How the damping goes when the trust region is off. Default CONSTANT. Reference: RHO_DECAY.
     */
    public Builder dampingSchedule(DampingSchedule value) {
      dampingSchedule = Objects.requireNonNull(value, "dampingSchedule");
      return this;
    }

    /**
     * Last step of the damping schedule. Default 10; at least 1, for the linear schedule 2.
     * Reference: K.
     */
    public Builder scheduleSteps(int value) {
      scheduleSteps = value;
      return this;
    }

    /**
     * Weight of the past in the exponential moving average of the gradient that replaces the
     * gradient in the solve; 0 switches it off. Default 0; at least 0, below 1. Reference: BETA.
     */
    public Builder beta(double value) {
      beta = value;
      return this;
    }

    /**
     * Whether conjugate gradients use the diagonal preconditioner (m*m + rho)^(-exponent). Default
     * false. Reference: CG_PREC.
     */
    public Builder preconditioner(boolean value) {
      preconditioner = value;
      return this;
    }

    /** That exponent. Default 1; between 0 and 1. Reference: ALPHA_EXP. */
    public Builder preconditionerExponent(double value) {
      preconditionerExponent = value;
      return this;
    }

    /**
     * Conjugate gradients stop when the largest absolute value of the residual is at or below it; 0
     * lets them use up their iterations. Default 1e-6; finite, at least 0. Reference: CG_TOL.
     */
    public Builder cgTolerance(double value) {
      cgTolerance = value;
      return this;
    }

    /**
     * Limit of conjugate gradient iterations from step {@link #cgSwitchStep} on. Default 10; at
     * least 1. Reference: MAX_CG_ITERS.
     */
    public Builder cgMaxIterations(int value) {
      cgMaxIterations = value;
      return this;
    }

    /**
     * Limit of conjugate gradient iterations in the steps before {@link #cgSwitchStep}. May be
     * above {@link #cgMaxIterations}, as in the published runs. Default 10; at least 1. Reference:
     * MIN_CG_ITERS.
     */
    public Builder cgMinIterations(int value) {
      cgMinIterations = value;
      return this;
    }

    /**
     * First step, counted from 1, that is limited by {@link #cgMaxIterations}. Default 10; at least
     * 0. Reference: K_CG.
     */
    public Builder cgSwitchStep(int value) {
      cgSwitchStep = value;
      return this;
    }

    /**
     * Step size along the direction, the first one that the line search tries. Default 1; finite,
     * above 0. Reference: ALPHA.
     */
    public Builder stepSize(double value) {
      stepSize = value;
      return this;
    }

    /**
     * Whether a backtracking line search shortens steps (Nocedal and Wright, algorithm 3.1).
     * Default true. Reference: LS.
     */
    public Builder lineSearch(boolean value) {
      lineSearch = value;
      return this;
    }

    /**
     * Share of the decrease promised by the slope that the line search asks for. Default 1e-4; at
     * least 0, below 1. Reference: C_LS.
     */
    public Builder armijoConstant(double value) {
      armijoConstant = value;
      return this;
    }

    /**
     * By which the line search shortens a step. Default 0.5; above 0, below 1. Reference: RHO_LS.
     */
    public Builder backtrackingFactor(double value) {
      backtrackingFactor = value;
      return this;
    }

    /**
     * How often it does so at most; the last step is then kept. Default 10; at least 0. Reference:
     * MAX_LS_ITERS.
     */
    public Builder maxBacktracks(int value) {
      maxBacktracks = value;
      return this;
    }

    /**
     * What is logged through SLF4J: 0 nothing, 1 warnings, 2 also a line per step (info), 3 also
     * its solve and line search. Default 1; 0 to 3. Reference: PRINT_LEVEL.
     */
    public Builder verbosity(int value) {
      verbosity = value;
      return this;
    }

    /**
     * Whether the trust region predicts with the undamped quadratic model of the full step and the
     * averaged gradient throughout. Off: with half of (residual + gradient).d, which mixes the raw
     * gradient with a residual of the averaged one and counts the damping as curvature. Default
     * false. Not in the reference, which behaves as when it is off.
     */
    public Builder undampedGainRatio(boolean value) {
      undampedGainRatio = value;
      return this;
    }

    /**
     * Whether a step that raises the batch's loss is taken back. Averages and step count still
     * advance, and the trust region raises the damping. Off: every step is kept. Default false. Not
     * in the reference, which behaves as when it is off.
     */
    public Builder rejectIncrease(boolean value) {
      rejectIncrease = value;
      return this;
    }

    /**
     * Whether the line search asks a shortened step for its own share of the decrease, as the
     * textbook does. Off: for that of the first step. Default false. Not in the reference, which
     * behaves as when it is off.
     */
    public Builder armijoFollowsStep(boolean value) {
      armijoFollowsStep = value;
      return this;
    }

    /**
     * Whether the preconditioner uses the scheduled damping of the step. Off: the trust region's
     * current damping, or the initial one when a schedule is on. Default false. Not in the
     * reference, which behaves as when it is off.
     */
    public Builder preconditionerFollowsSchedule(boolean value) {
      preconditionerFollowsSchedule = value;
      return this;
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
          dampingSchedule == DampingSchedule.LINEAR && !trustRegion ? 2 : 1,
          "scheduleSteps",
          scheduleSteps);
      Options.belowOne("beta", beta);
      Options.fraction("preconditionerExponent", preconditionerExponent);
      Options.nonNegative("cgTolerance", cgTolerance);
      Options.atLeast(1, "cgMaxIterations", cgMaxIterations);
      Options.atLeast(1, "cgMinIterations", cgMinIterations);
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
      return new SgnOptions(this);
    }
  }
}
