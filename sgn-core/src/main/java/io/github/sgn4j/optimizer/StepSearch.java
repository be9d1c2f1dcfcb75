package io.github.sgn4j.optimizer;

import io.github.sgn4j.linesearch.LineSearch;
import io.github.sgn4j.linesearch.LineSearchResult;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import io.github.sgn4j.solver.IterateBacktracking;
import java.util.IdentityHashMap;

/** The second half of a step: how far to go along the direction, and whether to go at all. */
final class StepSearch {

  private final Objective objective;
  private final SgnOptions options;
  private final LineSearch lineSearch;
  private final boolean usesGainRatio;
  private final boolean needsTrial;
  private final FlatVector trial;

  StepSearch(
      Objective objective, SgnOptions options, LineSearch lineSearch, boolean usesGainRatio) {
    this.objective = objective;
    this.options = options;
    this.lineSearch = lineSearch;
    this.usesGainRatio = usesGainRatio;
    needsTrial =
        usesGainRatio
            || lineSearch.usesLoss()
            || options.rejectIncrease()
            || options.cgBacktracking();
    trial = FlatVector.zeros(objective.precision(), objective.parameters());
  }

  /**
   * Finds the step size; theta stays. Where momentum or the solve's iterates make a better
   * direction, the finder's is overwritten.
   *
   * @param factor by the step schedule
   */
  void search(
      FlatVector theta,
      Batch batch,
      DirectionFinder finder,
      double factor,
      StepReport.Builder report) {
    FlatVector direction = finder.direction();
    double first = factor * firstStep(finder, report);
    report.stepSizeAsked = first;
    report.stepSize = first;
    if (!needsTrial) {
      move(theta, first, direction);
      report.require(trial.isFinite(), Where.DIRECTION);
      return;
    }
    report.slope = finder.averagedGradient().dot(direction);
    report.require(Double.isFinite(report.slope), Where.DIRECTION);
    Evaluation full = evaluate(theta, first, direction, batch, report);
    report.fullStepLoss = full.loss();
    report.gainRatio = gainRatio(finder, factor, report);
    if (options.cgBacktracking()) {
      full = backtrack(theta, batch, finder, full, report);
    }
    LineSearchResult search =
        lineSearch.search(
            size -> evaluate(theta, size, direction, batch, report),
            report.lossBefore,
            report.slope,
            first,
            full);
    decide(search, report);
    if (report.accepted) {
      // A network that saturates has a finite loss at parameters that are infinite.
      move(theta, report.stepSize, direction);
      report.require(trial.isFinite(), Where.DIRECTION);
    }
    report.searchSeconds = report.lap();
  }

  /** The first step size before the schedule; momentum is added to the direction. */
  private double firstStep(DirectionFinder finder, StepReport.Builder report) {
    StepRule rule = options.stepRule();
    if (rule == StepRule.FIXED) {
      return options.stepSize();
    }
    QuadraticModel model = finder.model();
    FlatVector last = rule == StepRule.QUADRATIC_MOMENTUM ? finder.lastStep() : null;
    QuadraticStep step = QuadraticStep.minimise(model.terms(last != null));
    if (step.isRefused() || step.stepSize() == 0) {
      return options.stepSize();
    }
    report.momentum = step.momentum();
    if (step.momentum() != 0) {
      finder.direction().axpy(step.momentum() / step.stepSize(), last);
    }
    return options.stepSize() * step.stepSize();
  }

  private Evaluation evaluate(
      FlatVector theta, double size, FlatVector d, Batch batch, StepReport.Builder report) {
    move(theta, size, d);
    report.evaluations++;
    return objective.evaluate(trial, batch);
  }

  private void move(FlatVector theta, double size, FlatVector d) {
    trial.assign(theta);
    trial.axpy(size, d);
  }

  private double gainRatio(DirectionFinder finder, double factor, StepReport.Builder report) {
    if (!usesGainRatio || !Double.isFinite(report.fullStepLoss)) {
      return Double.NaN;
    }
    double change = report.fullStepLoss - report.lossBefore;
    // The reference's ratio is of a full step along the direction alone.
    boolean full = factor == 1 && options.stepRule() == StepRule.FIXED;
    if (!options.undampedGainRatio() && full) {
      return GainRatio.reference(change, finder.residual(), finder.gradient(), finder.direction());
    }
    double momentum = factor * options.stepSize() * report.momentum;
    return GainRatio.ratio(change, finder.model().change(report.stepSizeAsked, momentum));
  }

  /** Takes the best of the solve's iterates for the direction. */
  private Evaluation backtrack(
      FlatVector theta,
      Batch batch,
      DirectionFinder finder,
      Evaluation full,
      StepReport.Builder report) {
    FlatVector direction = finder.direction();
    IdentityHashMap<FlatVector, Evaluation> tried = new IdentityHashMap<>();
    tried.put(direction, full);
    FlatVector chosen =
        IterateBacktracking.search(
                iterate -> {
                  Evaluation there = evaluate(theta, report.stepSizeAsked, iterate, batch, report);
                  tried.put(iterate, there);
                  return there.loss();
                },
                direction,
                full.loss(),
                finder.iterates())
            .direction();
    if (chosen != direction) {
      direction.assign(chosen);
      report.momentum = 0;
      report.slope = finder.averagedGradient().dot(direction);
    }
    return tried.get(chosen);
  }

  private void decide(LineSearchResult search, StepReport.Builder report) {
    double after = search.evaluation().loss();
    boolean finite = Double.isFinite(after);
    report.require(finite || options.rejectIncrease(), Where.LOSS_AFTER_STEP);
    report.backtracks = search.backtracks();
    report.lineSearchSatisfied = search.satisfied();
    report.accepted = finite && !(options.rejectIncrease() && after > report.lossBefore);
    if (report.accepted) {
      report.stepSize = search.stepSize();
      report.lossAfter = after;
      report.metric = search.evaluation().metric();
    } else {
      report.stepSize = 0;
      report.lossAfter = report.lossBefore;
    }
  }

  /** Whether the full step's loss was evaluated and is NaN or infinite. */
  boolean fullStepIsInvalid(StepReport.Builder report) {
    return needsTrial && !Double.isFinite(report.fullStepLoss);
  }
}
