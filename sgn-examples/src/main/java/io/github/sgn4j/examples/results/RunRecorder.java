package io.github.sgn4j.examples.results;

import io.github.sgn4j.examples.data.Task;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingListener;
import io.github.sgn4j.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Listens to a training run and keeps its folder's {@code results.json} up to date: written after
 * an epoch, but for epochs shorter than a second about once a second; and at the end, however the
 * run ends. Safe to be ended from another thread, as on Ctrl-C.
 */
public final class RunRecorder implements TrainingListener {

  /** The file grows with every step: written after each of 10,000 epochs it would cost hours. */
  private static final long NANOS_BETWEEN_WRITES = 1_000_000_000L;

  private final RunFolder folder;
  private final Task task;
  private final boolean secondOrder;
  private final RunEnvironment environment;
  private final LongSupplier nanoClock;

  private final List<Double> avgLoss = new ArrayList<>();
  private final List<Double> test = new ArrayList<>();
  private final List<Double> acc = new ArrayList<>();
  private final List<Double> epochSeconds = new ArrayList<>();
  private final List<Double> rho = new ArrayList<>();
  private final List<Double> alpha = new ArrayList<>();
  private final List<Integer> cgIterations = new ArrayList<>();
  private long steps;
  private double seconds;
  private FinalLosses finalLosses;
  private RunStatus status = RunStatus.RUNNING;
  private long lastWrite;

  /**
   * A recorder that writes a first file, without epochs.
   *
   * @param folder made already
   * @param secondOrder whether damping, step size and iterations of each step are kept
   */
  public RunRecorder(RunFolder folder, Task task, boolean secondOrder, RunEnvironment environment) {
    this(folder, task, secondOrder, environment, System::nanoTime);
  }

  RunRecorder(
      RunFolder folder,
      Task task,
      boolean secondOrder,
      RunEnvironment environment,
      LongSupplier nanoClock) {
    this.folder = folder;
    this.task = task;
    this.secondOrder = secondOrder;
    this.environment = environment;
    this.nanoClock = nanoClock;
    lastWrite = nanoClock.getAsLong() - NANOS_BETWEEN_WRITES;
    folder.writeResults(results());
  }

  @Override
  public synchronized void onStep(StepReport report, int epoch) {
    if (status != RunStatus.RUNNING) {
      return;
    }
    steps++;
    seconds += report.seconds().total();
    if (secondOrder) {
      rho.add(report.dampingAsked());
      alpha.add(report.stepSize());
      cgIterations.add(report.cgIterations());
    }
  }

  @Override
  public synchronized void onEpoch(EpochReport report) {
    if (status != RunStatus.RUNNING) {
      return;
    }
    avgLoss.add(report.avgLoss());
    acc.add(report.metric());
    test.add(
        task == Task.CLASSIFICATION ? report.evaluation().metric() : report.evaluation().loss());
    seconds = report.trainingSeconds();
    epochSeconds.add(seconds);
    long now = nanoClock.getAsLong();
    if (now - lastWrite >= NANOS_BETWEEN_WRITES) {
      folder.writeResults(results());
      lastWrite = now;
    }
  }

  /**
   * Ends the record of a run that came to its end, and writes it.
   *
   * @param losses after the last step; null if they are not known
   */
  public synchronized void finish(TrainingResult result, FinalLosses losses) {
    if (status == RunStatus.RUNNING) {
      finalLosses = losses;
      seconds = result.trainingSeconds();
      end(RunStatus.DONE);
    }
  }

  /** Ends the record, unless it has ended, and writes it; nothing is recorded afterwards. */
  public synchronized void end(RunStatus how) {
    if (status == RunStatus.RUNNING) {
      status = how;
      folder.writeResults(results());
    }
  }

  /** What was recorded so far. */
  public synchronized RunResults results() {
    boolean classes = task == Task.CLASSIFICATION;
    return new RunResults(
        status,
        avgLoss,
        classes ? test : null,
        classes ? null : test,
        acc,
        epochSeconds,
        seconds,
        steps,
        avgLoss.size(),
        secondOrder ? rho : null,
        secondOrder ? alpha : null,
        secondOrder ? cgIterations : null,
        finalLosses,
        environment.withPeakUntilNow());
  }
}
