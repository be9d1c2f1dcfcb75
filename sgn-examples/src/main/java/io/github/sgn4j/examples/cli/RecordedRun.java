package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.Task;
import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunEnvironment;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunRecorder;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import io.github.sgn4j.optimizer.NonFiniteException;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.training.EarlyStopping;
import io.github.sgn4j.training.ResumeException;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingResult;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.util.Locale;
import java.util.Map;

/** A training run with its folder, its checkpoints, its progress and its summary. */
final class RecordedRun {

  private static final double GIGABYTE = 1 << 30;

  private final Console console;
  private final TrainingJob job;
  private final RunFolder folder;
  private final RunCheckpoints checkpoints;
  private final Description description;

  /**
   * What is to be known of a run beside the job itself.
   *
   * @param dataName name of the data set
   * @param patience epochs without improvement that end it; null for any number
   * @param logs beside the results
   * @param verbose a line for every step
   * @param toResume the command that goes on with it
   */
  record Description(
      String dataName,
      Solver solver,
      Integer patience,
      LogSettings logs,
      boolean verbose,
      String toResume) {}

  RecordedRun(
      Console console,
      TrainingJob job,
      RunFolder folder,
      RunCheckpoints checkpoints,
      Description description) {
    this.console = console;
    this.job = job;
    this.folder = folder;
    this.checkpoints = checkpoints;
    this.description = description;
  }

  /** Trains and returns the exit status. Nothing is written before the model stands. */
  int run(Map<String, ?> config) {
    checkSize(job);
    checkpoints.read(config);
    try (SameDiffObjective objective = job.objective()) {
      console.line(
          String.format(
              Locale.ROOT,
              "%s: %,d train and %,d test samples; %s, %,d parameters; %s, %s precision",
              description.dataName(),
              job.data().trainSize(),
              job.data().testSize(),
              job.network().description(),
              job.network().parameterCount(),
              description.solver(),
              OptionText.of(job.precision())));
      Trainer.Builder trainer = job.trainer(objective);
      RunRecorder recorder = begin(config);
      trainer.listener(recorder);
      if (description.patience() != null) {
        trainer.callback(earlyStopping());
      }
      return train(objective, trainer, recorder);
    } catch (OutOfMemoryError e) {
      throw new InputException(
          "Not enough memory to train "
              + job.network().description()
              + " on batches of "
              + job.batchSize()
              + ".\nChoose smaller layers or a smaller --batch-size, or give Java more:"
              + " SGN_JAVA_OPTS=-Xmx8g");
    }
  }

  /**
   * Checks that a job's vectors fit Java's memory.
   *
   * @throws InputException if not
   */
  static void checkSize(TrainingJob job) {
    double needed = job.heapBytes();
    long available = Runtime.getRuntime().maxMemory();
    if (job.network().parameterCount() > Integer.MAX_VALUE - Long.BYTES || needed > available) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s has %,d parameters: training takes about %.1f GB of Java's memory; it has"
                  + " %.1f.%nChoose smaller layers, or, below 2^31 parameters, give Java more:"
                  + " SGN_JAVA_OPTS=-Xmx%.0fg",
              job.network().description(),
              job.network().parameterCount(),
              needed / GIGABYTE,
              available / GIGABYTE,
              Math.ceil(1.2 * needed / GIGABYTE)));
    }
  }

  private RunRecorder begin(Map<String, ?> config) {
    boolean secondOrder = description.solver() == Solver.SGN;
    RunEnvironment environment =
        RunEnvironment.ofThisMachine(
            job.precision(), job.seed(), job.resources().threads(), job.resources().memory());
    if (checkpoints.goesOn()) {
      return RunRecorder.resumed(folder, job.data().task(), secondOrder, environment);
    }
    folder.create();
    try {
      folder.writeConfig(config);
      return new RunRecorder(folder, job.data().task(), secondOrder, environment);
    } catch (OutputException e) {
      folder.discard();
      throw e;
    }
  }

  private EarlyStopping earlyStopping() {
    return EarlyStopping.builder(description.patience())
        .goal(
            job.data().task() == Task.CLASSIFICATION
                ? EarlyStopping.Goal.HIGHER_METRIC
                : EarlyStopping.Goal.LOWER_LOSS)
        .restoreBest(true)
        .build();
  }

  private int train(SameDiffObjective objective, Trainer.Builder builder, RunRecorder recorder) {
    RunPlan plan =
        new RunPlan(
            description.solver().name(),
            job.data().task(),
            job.epochs(),
            job.stepsPerEpoch(),
            job.maxSeconds());
    String ending = "";
    try (Progress progress = Progress.of(console, plan, description.verbose());
        RunLogs logs = new RunLogs(description.logs(), folder.path())) {
      Trainer trainer = checkpoints.build(builder.listener(logs).listener(progress));
      if (checkpoints.goesOn()) {
        progress.goOnFrom(checkpoints.position());
      }
      try (Interruption watch =
          new Interruption(console, trainer::requestStop, () -> interrupted(recorder))) {
        TrainingResult result = trainer.run();
        if (result.reason() == EndReason.STOPPED) {
          recorder.end(RunStatus.INTERRUPTED);
          return ExitStatus.INTERRUPTED;
        }
        recorder.finish(result, job.finalLosses(objective, result));
        ending = result.detail();
        // While Ctrl-C still waits: a run that says that it is done must be complete.
        checkpoints.clear();
        logs.close();
      }
    } catch (NonFiniteException e) {
      recorder.end(RunStatus.NON_FINITE);
      checkpoints.clear();
      explain(e);
      return ExitStatus.NON_FINITE;
    } catch (ResumeException e) {
      recorder.end(RunStatus.FAILED);
      throw checkpoints.refused(e);
    } catch (Throwable e) {
      try {
        recorder.end(RunStatus.FAILED);
      } catch (OutputException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    summarise(recorder.results(), ending);
    return ExitStatus.DONE;
  }

  private void explain(NonFiniteException e) {
    console.note(
        "Training met NaN or infinity in epoch "
            + ((e.step() - 1) / job.stepsPerEpoch() + 1)
            + ", step "
            + e.step()
            + " ("
            + OptionText.of(e.where()).replace('-', ' ')
            + ").");
    console.note(
        "Try "
            + (description.solver() == Solver.SGN
                ? "a larger --rho, a smaller --alpha, --ls, or --precision double"
                : "a smaller --lr, or --precision double")
            + ".");
    console.note("What was measured until then is in " + folder.path() + ".");
  }

  private void summarise(RunResults results, String ending) {
    Integer best = results.finalLosses() == null ? null : results.finalLosses().bestEpoch();
    int shown = (best == null ? results.totEpochs() : best) - 1;
    boolean classes = results.testAcc() != null;
    if (best != null) {
      console.line(
          (ending.isEmpty() ? "" : "Stopped early: ")
              + "the test "
              + (classes ? "accuracy was best" : "loss was lowest")
              + " after epoch "
              + best
              + ", whose network this is");
    }
    console.line(
        String.format(
            Locale.ROOT,
            "Done: %d epochs, %d steps, %s s of training",
            results.totEpochs(),
            results.totIterations(),
            Numbers.seconds(results.totTime())));
    if (shown >= 0) {
      console.line(
          "train loss "
              + Numbers.of(results.avgLoss().get(shown))
              + (classes
                  ? "  test accuracy " + Numbers.percent(results.testAcc().get(shown))
                  : "  test loss " + Numbers.of(results.testLoss().get(shown))));
    }
    console.line(
        "Written: "
            + folder.path().resolve(RunFolder.CONFIG_FILE)
            + ", "
            + folder.path().resolve(RunResults.FILE));
  }

  private void interrupted(RunRecorder recorder) {
    recorder.end(RunStatus.INTERRUPTED);
    if (recorder.results().status() != RunStatus.INTERRUPTED) {
      // It came to its end in the last moment, in its own way, and says so itself.
      return;
    }
    console.note("");
    console.note("Interrupted. What was measured until then is in " + folder.path() + ".");
    if (checkpoints.areThere()) {
      console.note("Go on with: " + description.toResume());
    }
  }
}
