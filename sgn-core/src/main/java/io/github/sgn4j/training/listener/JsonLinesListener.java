package io.github.sgn4j.training.listener;

import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Writes a JSON object a line for every step and every epoch ({@code *.jsonl}), in UTF-8, each
 * handed to the system at once: whoever reads along sees it, and a crash costs a line at most.
 *
 * <p>All lines have {@code type} ("step" or "epoch"), {@code time} (seconds since 1970) and {@code
 * epoch} (from 1). Numbers that are not finite, or do not apply, are null.
 *
 * <ul>
 *   <li>Lines of steps: {@code step}, {@code loss} and {@code loss_after} on the batch, {@code
 *       metric}, {@code gradient_norm}, {@code damping} (as used), {@code gain_ratio}, {@code
 *       curvature_samples}, {@code cg_limit}, {@code cg_iterations}, {@code reason} (why the solve
 *       stopped, in lower case), {@code residual}, {@code slope}, {@code step_size}, {@code
 *       momentum}, {@code learning_rate}, {@code backtracks}, {@code accepted}, {@code
 *       evaluations}, {@code gradients}, {@code products} and {@code seconds}: see {@link
 *       StepReport}.
 *   <li>Lines of epochs: {@code steps}, {@code train_loss} and {@code train_metric} (means over the
 *       epoch's steps), {@code test_loss}, {@code test_metric}, {@code averaged}, {@code
 *       training_seconds} and {@code complete}: see {@link EpochReport}.
 * </ul>
 *
 * <p>Lines are appended to a file that is there. A last line that a crash cut off is removed first.
 * Where a run is taken up from a checkpoint, steps done twice are there twice: the later line
 * counts.
 */
public final class JsonLinesListener implements TrainingListener, AutoCloseable {

  /** Longer than any line that this class writes. */
  private static final int MOST_LINE_BYTES = 1 << 14;

  private static final double MILLIS_PER_SECOND = 1e3;

  private final Path file;
  // Not a channel, which an interrupted thread could not write to.
  private final RandomAccessFile out;
  private final InstantSource clock;

  /**
   * A listener that writes to the end of that file, which is made, with its folders, if need be.
   *
   * @throws UncheckedIOException if it cannot be written, or ends in something else than lines
   */
  public JsonLinesListener(Path file) {
    this(file, InstantSource.system());
  }

  JsonLinesListener(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    try {
      out = open(file);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static RandomAccessFile open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    try {
      long end = endOfLines(opened);
      opened.setLength(end);
      opened.seek(end);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** Where the last complete line ends. */
  private static long endOfLines(RandomAccessFile lines) throws IOException {
    long size = lines.length();
    byte[] tail = new byte[(int) Math.min(size, MOST_LINE_BYTES)];
    long from = size - tail.length;
    lines.seek(from);
    lines.readFully(tail);
    int start = tail.length;
    while (start > 0 && tail[start - 1] != '\n') {
      start--;
    }
    boolean cutOff = start < tail.length;
    boolean ours = (start > 0 || from == 0) && cutOff && tail[start] == '{';
    if (cutOff && !ours) {
      throw new IOException("it does not end in lines of JSON objects; name another file");
    }
    return from + start;
  }

  @Override
  public void onStep(StepReport report, int epoch) {
    write(
        line(Type.STEP, epoch)
            .put("step", report.step())
            .put("loss", report.lossBefore())
            .put("loss_after", report.lossAfter())
            .put("metric", report.metric())
            .put("gradient_norm", report.gradientNorm())
            .put("damping", report.dampingUsed())
            .put("gain_ratio", report.gainRatio())
            .put("curvature_samples", report.curvatureSamples())
            .put("cg_limit", report.cgLimit())
            .put("cg_iterations", report.cgIterations())
            .put("reason", report.reason())
            .put("residual", report.residual())
            .put("slope", report.slope())
            .put("step_size", report.stepSize())
            .put("momentum", report.momentum())
            .put("learning_rate", report.learningRate())
            .put("backtracks", report.backtracks())
            .put("accepted", report.accepted())
            .put("evaluations", report.evaluations())
            .put("gradients", report.gradients())
            .put("products", report.products())
            .put("seconds", report.seconds().total()));
  }

  @Override
  public void onEpoch(EpochReport report) {
    Evaluation test = report.evaluation();
    write(
        line(Type.EPOCH, report.epoch())
            .put("steps", report.steps())
            .put("train_loss", report.avgLoss())
            .put("train_metric", report.metric())
            .put("test_loss", test.loss())
            .put("test_metric", test.metric())
            .put("averaged", report.averaged())
            .put("training_seconds", report.trainingSeconds())
            .put("complete", report.complete()));
  }

  private enum Type {
    STEP,
    EPOCH
  }

  private JsonLine line(Type type, int epoch) {
    return new JsonLine()
        .put("type", type)
        .put("time", clock.millis() / MILLIS_PER_SECOND)
        .put("epoch", epoch);
  }

  private void write(JsonLine line) {
    try {
      out.write(line.end().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private UncheckedIOException failure(IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UncheckedIOException(
        "cannot write the log of training steps " + file + ": " + reason, e);
  }

  /** Closes the file; a second call does nothing. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
