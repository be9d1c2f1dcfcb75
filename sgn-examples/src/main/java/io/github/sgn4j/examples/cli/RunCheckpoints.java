package io.github.sgn4j.examples.cli;

import io.github.sgn4j.checkpoint.CheckpointException;
import io.github.sgn4j.checkpoint.CheckpointFolder;
import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import io.github.sgn4j.training.Checkpoint;
import io.github.sgn4j.training.CheckpointInterval;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingPosition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run's checkpoints: the one that it goes on from, and those that it saves. */
final class RunCheckpoints {

  /** The number of threads changes no bit. */
  private static final Set<String> MAY_DIFFER = Set.of("threads");

  private static final int MOST_DIFFERENCES = 5;

  private final Console console;
  private final RunFolder folder;
  private final CheckpointFolder files;
  private final CheckpointSettings settings;
  private Checkpoint from;

  RunCheckpoints(Console console, RunFolder folder, CheckpointSettings settings) {
    this.console = console;
    this.folder = folder;
    this.files = folder.checkpoints();
    this.settings = settings;
  }

  /**
   * Reads what the run is to go on from, if it is.
   *
   * @param config the options of this run
   * @throws InputException if there is nothing to go on from, or it is another run's
   */
  void read(Map<String, ?> config) {
    if (!settings.resume()) {
      return;
    }
    requireUnfinished();
    List<String> differences = folder.differences(config, MAY_DIFFER);
    if (!differences.isEmpty()) {
      int shown = Math.min(MOST_DIFFERENCES, differences.size());
      throw new InputException(
          folder.path()
              + " holds a run of other options, and a run goes on with its own:\n"
              + String.join("; ", differences.subList(0, shown))
              + (shown < differences.size()
                  ? "; and " + (differences.size() - shown) + " more."
                  : "."));
    }
    try {
      CheckpointFolder.Found found = files.read();
      if (found.refused() != null) {
        console.note("Note: " + found.refused().getMessage() + ".");
        console.note("Going on from the checkpoint before it, " + found.file() + ".");
      }
      from = found.checkpoint();
    } catch (CheckpointException e) {
      throw new InputException(e.getMessage() + ".\nBegin anew: --force instead of --resume.");
    }
  }

  private void requireUnfinished() {
    RunStatus status;
    try {
      status = RunResults.read(folder.path()).status();
    } catch (IOException e) {
      // What counts is the checkpoint.
      return;
    }
    if (status == RunStatus.DONE || status == RunStatus.NON_FINITE) {
      throw new InputException(
          "The run in "
              + folder.path()
              + (status == RunStatus.DONE
                  ? " is done: nothing is left to go on with."
                  : " met NaN or infinity, and would again.")
              + "\nName another folder, or begin anew: --force instead of --resume.");
    }
  }

  /** Whether the run goes on from a checkpoint. */
  boolean goesOn() {
    return from != null;
  }

  /** From where it goes on. */
  TrainingPosition position() {
    return from.position();
  }

  /** Tells a trainer what to go on from and where to save. */
  Trainer build(Trainer.Builder trainer) {
    if (settings.seconds() > 0) {
      trainer.checkpoints(this::save, CheckpointInterval.everySeconds(settings.seconds()));
    }
    if (from == null) {
      return trainer.build();
    }
    try {
      Trainer built = trainer.resume(from).build();
      console.line(
          "Going on after step "
              + position().steps()
              + ", "
              + Numbers.seconds(position().trainingSeconds())
              + " s of training");
      return built;
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  /** The checkpoint does not fit the run. */
  InputException refused(IllegalArgumentException reason) {
    return new InputException(
        folder.path() + ": " + reason.getMessage() + ".\nBegin anew: --force instead of --resume.");
  }

  private void save(Checkpoint checkpoint) {
    try {
      files.save(checkpoint);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write a checkpoint into " + folder.path() + ": " + IoReasons.of(e) + ".", e);
    }
  }

  /** Whether the run could go on from here in another process. */
  boolean areThere() {
    return settings.seconds() > 0 && files.holdsAny();
  }

  /** Removes them: the run needs them no more. */
  void clear() {
    try {
      files.clear();
    } catch (IOException e) {
      throw new OutputException(
          "Cannot remove the checkpoints in " + folder.path() + ": " + IoReasons.of(e) + ".", e);
    }
  }
}
