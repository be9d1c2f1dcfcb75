package io.github.sgn4j.training.listener;

import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingListener;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Writes scalars for TensorBoard: a new event file in a folder, to be looked at with {@code
 * tensorboard --logdir FOLDER}.
 *
 * <p>Per step, against its number: {@code step/loss}, {@code step/gradient_norm}, {@code
 * step/damping}, {@code step/step_size}, {@code step/cg_iterations}, {@code step/gain_ratio}, and
 * for first-order methods {@code step/learning_rate}. Per epoch, against its number: {@code
 * epoch/train_loss} and {@code epoch/train_metric} (means over the epoch's steps), {@code
 * epoch/test_loss}, {@code epoch/test_metric}. Numbers that are NaN, since they do not apply, are
 * left out. TensorBoard keeps single precision.
 *
 * <p>What was written reaches the disk after every epoch, at least once a second of steps, and when
 * the listener is closed.
 */
public final class TensorBoardListener implements TrainingListener, AutoCloseable {

  private static final String VERSION = "brain.Event:2";

  // Fields of tensorflow.Event, tensorflow.Summary and tensorflow.Summary.Value.
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;

  private static final long MILLIS_BETWEEN_FLUSHES = 1000;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final EventFile file;
  private final InstantSource clock;
  private long lastFlush;

  /**
   * A listener that makes a file of its own in that folder, which is made if need be.
   *
   * @throws UncheckedIOException if that fails
   */
  public TensorBoardListener(Path folder) {
    this(folder, InstantSource.system());
  }

  TensorBoardListener(Path folder, InstantSource clock) {
    this.clock = clock;
    file = EventFile.create(folder, clock.instant().getEpochSecond());
    file.write(event().text(EVENT_FILE_VERSION, VERSION).toByteArray());
    flush();
  }

  @Override
  public void onStep(StepReport report, int epoch) {
    ProtoMessage summary = new ProtoMessage();
    scalar(summary, "step/loss", report.lossBefore());
    scalar(summary, "step/gradient_norm", report.gradientNorm());
    scalar(summary, "step/damping", report.dampingUsed());
    scalar(summary, "step/step_size", report.stepSize());
    if (report.reason() != null) {
      scalar(summary, "step/cg_iterations", report.cgIterations());
    }
    scalar(summary, "step/gain_ratio", report.gainRatio());
    scalar(summary, "step/learning_rate", report.learningRate());
    write(report.step(), summary);
    if (clock.millis() - lastFlush >= MILLIS_BETWEEN_FLUSHES) {
      flush();
    }
  }

  @Override
  public void onEpoch(EpochReport report) {
    ProtoMessage summary = new ProtoMessage();
    scalar(summary, "epoch/train_loss", report.avgLoss());
    scalar(summary, "epoch/train_metric", report.metric());
    scalar(summary, "epoch/test_loss", report.evaluation().loss());
    scalar(summary, "epoch/test_metric", report.evaluation().metric());
    write(report.epoch(), summary);
    flush();
  }

  private static void scalar(ProtoMessage summary, String tag, double value) {
    if (!Double.isNaN(value)) {
      summary.message(
          SUMMARY_VALUE,
          new ProtoMessage().text(VALUE_TAG, tag).number(VALUE_SIMPLE_VALUE, (float) value));
    }
  }

  private void write(long step, ProtoMessage summary) {
    if (!summary.isEmpty()) {
      file.write(event().number(EVENT_STEP, step).message(EVENT_SUMMARY, summary).toByteArray());
    }
  }

  private ProtoMessage event() {
    return new ProtoMessage().number(EVENT_WALL_TIME, clock.millis() / MILLIS_PER_SECOND);
  }

  private void flush() {
    file.flush();
    lastFlush = clock.millis();
  }

  /** Writes what is left and closes the file; a second call does nothing. */
  @Override
  public void close() {
    file.close();
  }
}
