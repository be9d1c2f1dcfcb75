package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunEnvironment;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunRecorder;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import io.github.sgn4j.optimizer.NonFiniteException;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.training.TrainingResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A training run with its folder, its progress and its summary. */
final class RecordedRun {

  private static final double GIGABYTE = 1 << 30;

  private final Console console;
  private final TrainingJob job;
  private final RunFolder folder;
  private final String dataName;
  private final Solver solver;
  private final boolean verbose;

  RecordedRun(
      Console console,
      TrainingJob job,
      RunFolder folder,
      String dataName,
      Solver solver,
      boolean verbose) {
    this.console = console;
    this.job = job;
    this.folder = folder;
    this.dataName = dataName;
    this.solver = solver;
    this.verbose = verbose;
  }

  /** Trains and returns the exit status. Nothing is written before the model stands. */
  int run(Map<String, ?> config) {
    checkSize(job);
    try (SameDiffObjective objective = job.objective()) {
      console.line(
          String.format(
              Locale.ROOT,
              "%s: %,d train and %,d test samples; %s, %,d parameters; %s, %s precision",
              dataName,
              job.data().trainSize(),
              job.data().testSize(),
              job.network().description(),
              job.network().parameterCount(),
              solver,
              OptionText.of(job.precision())));
      RunRecorder recorder = begin(config);
      Thread onInterrupt = new Thread(() -> interrupted(recorder), "interrupted");
      Runtime.getRuntime().addShutdownHook(onInterrupt);
      try {
        return train(objective, recorder);
      } catch (OutOfMemoryError e) {
        throw new InputException(
            "Not enough memory to train "
                + job.network().description()
                + " on batches of "
                + job.batchSize()
                + ".\nChoose smaller layers or a smaller --batch-size, or give Java more:"
                + " SGN_JAVA_OPTS=-Xmx8g");
      } finally {
        release(onInterrupt);
      }
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
    folder.create();
    try {
      folder.writeConfig(config);
      return new RunRecorder(
          folder,
          job.data().task(),
          solver == Solver.SGN,
          RunEnvironment.ofThisMachine(
              job.precision(), job.seed(), job.resources().threads(), job.resources().memory()));
    } catch (OutputException e) {
      folder.discard();
      throw e;
    }
  }

  private int train(SameDiffObjective objective, RunRecorder recorder) {
    RunPlan plan =
        new RunPlan(
            solver.name(), job.data().task(), job.epochs(), job.stepsPerEpoch(), job.maxSeconds());
    try (Progress progress = Progress.of(console, plan, verbose)) {
      TrainingResult result = job.train(objective, List.of(recorder, progress));
      recorder.finish(result, job.finalLosses(objective, result));
    } catch (NonFiniteException e) {
      recorder.end(RunStatus.NON_FINITE);
      console.note(
          "Training met NaN or infinity in epoch "
              + ((e.step() - 1) / job.stepsPerEpoch() + 1)
              + ", step "
              + e.step()
              + " ("
              + OptionText.of(e.where()).replace('-', ' ')
              + ").");
      console.note("Try " + advice() + ".");
      console.note("What was measured until then is in " + folder.path() + ".");
      return ExitStatus.NON_FINITE;
    } catch (Throwable e) {
      try {
        recorder.end(RunStatus.FAILED);
      } catch (OutputException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    summarise(recorder.results());
    return ExitStatus.DONE;
  }

  private String advice() {
    return solver == Solver.SGN
        ? "a larger --rho, a smaller --alpha, --ls, or --precision double"
        : "a smaller --lr, or --precision double";
  }

  private void summarise(RunResults results) {
    int last = results.totEpochs() - 1;
    boolean classes = results.testAcc() != null;
    console.line(
        String.format(
            Locale.ROOT,
            "Done: %d epochs, %d steps, %s s of training",
            results.totEpochs(),
            results.totIterations(),
            Numbers.seconds(results.totTime())));
    if (last >= 0) {
      console.line(
          "train loss "
              + Numbers.of(results.avgLoss().get(last))
              + (classes
                  ? "  test accuracy " + Numbers.percent(results.testAcc().get(last))
                  : "  test loss " + Numbers.of(results.testLoss().get(last))));
    }
    console.line(
        "Written: "
            + folder.path().resolve(RunFolder.CONFIG_FILE)
            + ", "
            + folder.path().resolve(RunResults.FILE));
  }

  private void interrupted(RunRecorder recorder) {
    recorder.end(RunStatus.INTERRUPTED);
    console.note("");
    console.note("Interrupted. What was measured until then is in " + folder.path() + ".");
  }

  private static void release(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook has its say.
      return;
    }
  }
}
