package io.github.sgn4j.examples.results;

import io.github.sgn4j.examples.data.Task;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.Resumable;
import io.github.sgn4j.training.TrainingListener;
import io.github.sgn4j.training.TrainingResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Listens to a training run and keeps its folder's {@code results.json} up to date: written after
 * an epoch, but for epochs shorter than a second about once a second; and at the end, however the
 * run ends. Safe to be ended from another thread, as on Ctrl-C. What it has recorded travels with
 * the run's checkpoints.
 */
public final class RunRecorder implements TrainingListener, Resumable {

  /** The file grows with every step: written after each of 10,000 epochs it would cost hours. */
  private static final long NANOS_BETWEEN_WRITES = 1_000_000_000L;

  private static final int SAVED_VERSION = 1;
  private static final int SAVED_HEADER = 3 * Integer.BYTES + Long.BYTES + Double.BYTES;
  private static final int SAVED_EPOCH = 4 * Double.BYTES;
  private static final int SAVED_STEP = 2 * Double.BYTES + Integer.BYTES;

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
  private boolean awaitsCheckpoint;

  /**
   * A recorder that writes a first file, without epochs.
   *
   * @param folder made already
   * @param secondOrder whether damping, step size and iterations of each step are kept
   */
  public RunRecorder(RunFolder folder, Task task, boolean secondOrder, RunEnvironment environment) {
    this(folder, task, secondOrder, environment, System::nanoTime, false);
  }

  /** A recorder of a run that goes on: it leaves the file alone until {@link #restore}. */
  public static RunRecorder resumed(
      RunFolder folder, Task task, boolean secondOrder, RunEnvironment environment) {
    return new RunRecorder(folder, task, secondOrder, environment, System::nanoTime, true);
  }

  RunRecorder(
      RunFolder folder,
      Task task,
      boolean secondOrder,
      RunEnvironment environment,
      LongSupplier nanoClock,
      boolean awaitsCheckpoint) {
    this.folder = folder;
    this.task = task;
    this.secondOrder = secondOrder;
    this.environment = environment;
    this.nanoClock = nanoClock;
    this.awaitsCheckpoint = awaitsCheckpoint;
    lastWrite = nanoClock.getAsLong() - NANOS_BETWEEN_WRITES;
    if (!awaitsCheckpoint) {
      folder.writeResults(results());
    }
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
      if (!awaitsCheckpoint) {
        folder.writeResults(results());
      }
    }
  }

  @Override
  public String checkpointName() {
    return "results";
  }

  @Override
  public synchronized byte[] save() {
    ByteBuffer saved =
        ByteBuffer.allocate(SAVED_HEADER + avgLoss.size() * SAVED_EPOCH + rho.size() * SAVED_STEP);
    saved.putInt(SAVED_VERSION).putInt(avgLoss.size()).putInt(rho.size());
    saved.putLong(steps).putDouble(seconds);
    for (int i = 0; i < avgLoss.size(); i++) {
      saved.putDouble(avgLoss.get(i)).putDouble(test.get(i));
      saved.putDouble(acc.get(i)).putDouble(epochSeconds.get(i));
    }
    for (int i = 0; i < rho.size(); i++) {
      saved.putDouble(rho.get(i)).putDouble(alpha.get(i)).putInt(cgIterations.get(i));
    }
    return saved.array();
  }

  /** Goes on from there, and writes the file. */
  @Override
  public synchronized void restore(byte[] bytes) {
    ByteBuffer saved = ByteBuffer.wrap(bytes);
    if (bytes.length < SAVED_HEADER || saved.getInt() != SAVED_VERSION) {
      throw new IllegalArgumentException("the record of results is none of this version");
    }
    int epochs = saved.getInt();
    int perStep = saved.getInt();
    long length = SAVED_HEADER + (long) epochs * SAVED_EPOCH + (long) perStep * SAVED_STEP;
    if (epochs < 0 || perStep < 0 || length != bytes.length) {
      throw new IllegalArgumentException("the record of results is damaged");
    }
    avgLoss.clear();
    test.clear();
    acc.clear();
    epochSeconds.clear();
    rho.clear();
    alpha.clear();
    cgIterations.clear();
    steps = saved.getLong();
    seconds = saved.getDouble();
    for (int i = 0; i < epochs; i++) {
      avgLoss.add(saved.getDouble());
      test.add(saved.getDouble());
      acc.add(saved.getDouble());
      epochSeconds.add(saved.getDouble());
    }
    for (int i = 0; i < perStep; i++) {
      rho.add(saved.getDouble());
      alpha.add(saved.getDouble());
      cgIterations.add(saved.getInt());
    }
    awaitsCheckpoint = false;
    folder.writeResults(results());
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
