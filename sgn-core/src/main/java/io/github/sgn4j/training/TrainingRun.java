package io.github.sgn4j.training;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One run of a trainer, from its start or a checkpoint on. */
final class TrainingRun {

  private final TrainingPlan plan;
  private final BooleanSupplier stopRequested;
  private final Optimizer optimizer;
  private final AveragedSolution solution;
  private final TrainingControl control;
  private final CheckpointSaver checkpoints;

  // The position; reports have one more than epochsDone once an epoch was cut short.
  private final List<EpochReport> reports = new ArrayList<>();
  private int epochsDone;
  private int stepsOfEpoch;
  private double lossSum;
  private double metricSum;
  private long steps;
  private long trainingNanos;
  private int perEpoch;
  private boolean cutShort;

  /**
   * A run that has not begun.
   *
   * @param stopRequested whether another thread asked for an end
   */
  TrainingRun(TrainingPlan plan, BooleanSupplier stopRequested) {
    this.plan = plan;
    this.stopRequested = stopRequested;
    optimizer = plan.optimizer();
    solution = new AveragedSolution(optimizer, plan.batches(), plan.averaging());
    control = new TrainingControl(optimizer, solution);
    checkpoints = new CheckpointSaver(plan, this::checkpoint);
    perEpoch = plan.batches().batchesPerEpoch();
  }

  /** Takes up a checkpoint that was checked; nothing changes unless all of it fits. */
  void resume(Checkpoint checkpoint) {
    OptimizerState before = optimizer.state();
    List<Runnable> undo = new ArrayList<>();
    try {
      optimizer.restore(checkpoint.state());
      solution.restore(checkpoint);
      Map<String, byte[]> attachments = checkpoint.attachments();
      for (Resumable resumable : plan.resumables()) {
        byte[] saved = attachments.get(resumable.checkpointName());
        if (saved != null) {
          byte[] now = resumable.save();
          resumable.restore(saved);
          undo.add(() -> resumable.restore(now));
        }
      }
    } catch (RuntimeException e) {
      optimizer.restore(before);
      undo.forEach(Runnable::run);
      throw e instanceof IllegalArgumentException refused ? new ResumeException(refused) : e;
    }
    control.restore(checkpoint);
    TrainingPosition position = checkpoint.position();
    reports.addAll(position.epochs());
    epochsDone = position.epochsDone();
    stepsOfEpoch = position.stepsOfEpoch();
    lossSum = position.lossSum();
    metricSum = position.metricSum();
    steps = position.steps();
    trainingNanos = position.trainingNanos();
    if (perEpoch == 0) {
      perEpoch = position.batchesPerEpoch();
    }
    checkpoints.saved(steps, epochsDone);
  }

  TrainingResult train() {
    if (!plan.callbacks().isEmpty()) {
      publish(optimizer.theta());
      plan.callbacks().forEach(callback -> callback.beforeTraining(control));
    }
    EndReason end = end();
    while (end == null) {
      trainEpoch();
      end = end();
    }
    if (!cutShort) {
      checkpoints.saveAtEnd(steps, epochsDone);
    }
    return result(end);
  }

  /** Why the run ends here, or null. */
  private EndReason end() {
    if (epochsDone >= plan.epochs()) {
      return EndReason.EPOCHS;
    }
    if (stopRequested.getAsBoolean()) {
      return EndReason.STOPPED;
    }
    if (control.reason() != null) {
      return control.reason();
    }
    return hasTime() ? null : EndReason.TIME_LIMIT;
  }

  /** The first step is done whatever the limit: shuffling alone may exceed it. */
  private boolean hasTime() {
    return steps == 0 || seconds() < plan.maxSeconds();
  }

  private void trainEpoch() {
    control.epoch(epochsDone + 1);
    long start = plan.nanoClock().getAsLong();
    Iterator<Batch> iterator =
        stepsOfEpoch == 0
            ? plan.batches().epoch(epochsDone)
            : plan.batches().epoch(epochsDone, stepsOfEpoch);
    boolean more = iterator.hasNext();
    trainingNanos += plan.nanoClock().getAsLong() - start;
    if (!more && stepsOfEpoch == 0) {
      throw new IllegalStateException(
          "epoch "
              + (epochsDone + 1)
              + " has no batches; check the batch source's data and batch size");
    }
    while (more && end() == null) {
      more = step(iterator);
      checkpoints.saveIfDue(steps, epochsDone);
    }
    if (more || stopRequested.getAsBoolean()) {
      cutShort();
    } else {
      complete();
    }
  }

  /** Whether the epoch has more batches. */
  private boolean step(Iterator<Batch> iterator) {
    long start = plan.nanoClock().getAsLong();
    optimizer.progress(progress());
    StepReport report = optimizer.step(iterator.next());
    solution.add();
    boolean more = iterator.hasNext();
    trainingNanos += plan.nanoClock().getAsLong() - start;
    lossSum += report.lossBefore();
    metricSum += report.metric();
    stepsOfEpoch++;
    steps++;
    if (plan.isWatched()) {
      publish(optimizer.theta());
      int epoch = epochsDone + 1;
      plan.listeners().forEach(listener -> listener.onStep(report, epoch));
      plan.callbacks().forEach(callback -> callback.afterStep(report, epoch, control));
    }
    return more;
  }

  /** The share of the budget that is used up before a step. */
  private double progress() {
    double inEpoch = perEpoch > 0 ? (double) stepsOfEpoch / perEpoch : 0;
    return Math.min(
        1, Math.max((epochsDone + inEpoch) / plan.epochs(), seconds() / plan.maxSeconds()));
  }

  /**
   * Leaves an epoch in its midst, saved as it is: what follows is not part of the run when it goes
   * on. Whoever stops it from another thread is in a hurry and gets no evaluation.
   */
  private void cutShort() {
    cutShort = true;
    checkpoints.saveAtEnd(steps, epochsDone);
    if (!stopRequested.getAsBoolean() && stepsOfEpoch > 0) {
      report(false);
    }
  }

  private void complete() {
    report(true);
    if (perEpoch == 0) {
      perEpoch = stepsOfEpoch;
    }
    epochsDone++;
    stepsOfEpoch = 0;
    lossSum = 0;
    metricSum = 0;
    checkpoints.saveIfDue(steps, epochsDone);
  }

  private void report(boolean complete) {
    solution.choose(epochsDone + 1);
    Evaluation evaluated = plan.evaluation().evaluate(solution.theta());
    EpochReport report =
        new EpochReport(
            epochsDone + 1,
            lossSum / stepsOfEpoch,
            metricSum / stepsOfEpoch,
            evaluated,
            solution.isAverage(),
            seconds(),
            stepsOfEpoch,
            complete);
    reports.add(report);
    if (plan.isWatched()) {
      publish(solution.theta());
      plan.listeners().forEach(listener -> listener.onEpoch(report));
      plan.callbacks().forEach(callback -> callback.afterEpoch(report, control));
    }
  }

  private Checkpoint checkpoint() {
    Checkpoint.Builder checkpoint =
        Checkpoint.builder(
            optimizer.name(),
            optimizer.state(),
            optimizer.objective().parameters(),
            new TrainingPosition(
                reports, stepsOfEpoch, lossSum, metricSum, steps, trainingNanos, perEpoch));
    solution.save(checkpoint);
    control.save(checkpoint);
    plan.resumables()
        .forEach(resumable -> checkpoint.attachment(resumable.checkpointName(), resumable.save()));
    return checkpoint.build();
  }

  private TrainingResult result(EndReason end) {
    if (solution.isStale()) {
      if (end == EndReason.STOPPED) {
        solution.chooseLast();
      } else {
        // Of a run that went on within an epoch and did no step, the epoch that it is in.
        solution.choose(stepsOfEpoch > 0 ? epochsDone + 1 : epochsDone);
      }
    }
    return new TrainingResult(
        reports,
        steps,
        seconds(),
        end,
        control.kept() == null ? solution.theta() : control.kept(),
        optimizer.theta(),
        solution.average(),
        control.keptEpoch(),
        detail(end));
  }

  private String detail(EndReason end) {
    if (end == control.reason()) {
      return control.text();
    }
    return end == EndReason.STOPPED ? "another thread asked for it" : "";
  }

  private void publish(FlatVector theta) {
    optimizer.objective().publish(theta);
  }

  private double seconds() {
    return trainingNanos * 1e-9;
  }
}
