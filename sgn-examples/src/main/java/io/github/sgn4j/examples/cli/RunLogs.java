package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunLogFiles;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingListener;
import io.github.sgn4j.training.listener.JsonLinesListener;
import io.github.sgn4j.training.listener.TensorBoardListener;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The logs that a run was asked for; files that cannot be written are the user's to hear of. */
final class RunLogs implements TrainingListener, AutoCloseable {

  private final List<TrainingListener> listeners = new ArrayList<>();

  /**
   * Opens those that are switched on.
   *
   * @param folder the run's
   * @throws OutputException if one cannot be written
   */
  RunLogs(LogSettings settings, Path folder) {
    try {
      orExplain(() -> open(settings, folder));
    } catch (OutputException e) {
      close();
      throw e;
    }
  }

  private void open(LogSettings settings, Path folder) {
    if (settings.jsonLines) {
      listeners.add(new JsonLinesListener(folder.resolve(RunLogFiles.JSON_LINES)));
    }
    if (settings.tensorBoard) {
      listeners.add(new TensorBoardListener(folder.resolve(RunLogFiles.TENSORBOARD)));
    }
  }

  @Override
  public void onStep(StepReport report, int epoch) {
    orExplain(() -> listeners.forEach(listener -> listener.onStep(report, epoch)));
  }

  @Override
  public void onEpoch(EpochReport report) {
    orExplain(() -> listeners.forEach(listener -> listener.onEpoch(report)));
  }

  @Override
  public void close() {
    orExplain(() -> listeners.forEach(RunLogs::close));
  }

  private static void close(TrainingListener listener) {
    if (listener instanceof JsonLinesListener jsonLines) {
      jsonLines.close();
    } else if (listener instanceof TensorBoardListener tensorBoard) {
      tensorBoard.close();
    }
  }

  private static void orExplain(Runnable write) {
    try {
      write.run();
    } catch (UncheckedIOException e) {
      String message = e.getMessage();
      throw new OutputException(
          Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".", e);
    }
  }
}
