package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.compare.Budget;
import io.github.sgn4j.examples.compare.Run;
import io.github.sgn4j.examples.compare.RunOutcome;
import io.github.sgn4j.examples.compare.RunShare;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error over all runs, with the share that the current one has done. */
final class CompareBar implements CompareProgress {

  /** Seldom: two processors are all that some machines have, and the run wants them. */
  private static final int SECONDS_BETWEEN_LOOKS = 2;

  private static final int REFRESH_MILLIS = 500;
  private static final int PER_RUN = 1000;

  private final Budget budget;
  private final ProgressBar bar;
  private final ScheduledExecutorService looks;
  private Run current;
  private int before;
  private double secondsLeft = Double.NaN;
  private long leftSince;

  CompareBar(Console console, Budget budget, int done, int pending) {
    this.budget = budget;
    // A consumer of our own, with a given width: see BarProgress.
    bar =
        new ProgressBarBuilder()
            .setTaskName("compare")
            .setInitialMax((long) PER_RUN * (done + pending))
            .startsFrom((long) PER_RUN * done, Duration.ZERO)
            .setUnit(" runs", PER_RUN)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setEtaFunction(state -> left())
            .setConsumer(new ConsoleProgressBarConsumer(console.err(), console.columns() - 1))
            .build();
    looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        looks.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  private synchronized Optional<Duration> left() {
    if (!Double.isFinite(secondsLeft)) {
      return Optional.empty();
    }
    double passed = (System.nanoTime() - leftSince) * 1e-9;
    return Optional.of(Duration.ofSeconds(Math.max(0, Math.round(secondsLeft - passed))));
  }

  private synchronized void look() {
    if (current != null) {
      double share = RunShare.of(current.folder(), budget);
      bar.stepTo((long) PER_RUN * before + (long) (PER_RUN * share));
    }
  }

  @Override
  public synchronized void started(Run run, int done, int total, OptionalDouble left) {
    current = run;
    show(done, total, left);
    bar.setExtraMessage(run.label());
  }

  @Override
  public synchronized void ended(
      Run run, RunOutcome outcome, int done, int total, OptionalDouble left) {
    current = null;
    show(done, total, left);
    bar.setExtraMessage(run.label() + ": " + CompareProgress.words(outcome));
  }

  private void show(int done, int total, OptionalDouble left) {
    before = done;
    bar.maxHint((long) PER_RUN * total);
    bar.stepTo((long) PER_RUN * done);
    secondsLeft = left.orElse(Double.NaN);
    leftSince = System.nanoTime();
  }

  @Override
  public void close() {
    looks.shutdownNow();
    bar.close();
  }
}
