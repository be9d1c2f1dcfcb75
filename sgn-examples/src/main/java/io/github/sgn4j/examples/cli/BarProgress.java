package io.github.sgn4j.examples.cli;

import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingPosition;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error: steps, or the share of the time where only time ends the run. */
final class BarProgress implements Progress {

  private static final int REFRESH_MILLIS = 200;
  private static final int PER_CENT = 100;

  /** From here on all numbers fit beside the bar. */
  private static final int WIDE = 110;

  private final RunPlan plan;
  private final boolean wide;
  private final ProgressBar bar;
  private double seconds;

  BarProgress(Console console, RunPlan plan) {
    this.plan = plan;
    this.wide = console.columns() >= WIDE;
    // A consumer of our own, with a given width: the default one starts JLine to find it out, which
    // may print warnings.
    bar =
        new ProgressBarBuilder()
            .setTaskName(plan.name())
            .setInitialMax(
                plan.hasEpochs() ? (long) plan.epochs() * plan.stepsPerEpoch() : PER_CENT)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(console.err(), console.columns() - 1))
            .build();
  }

  @Override
  public void goOnFrom(TrainingPosition position) {
    seconds = position.trainingSeconds();
    if (plan.hasEpochs()) {
      bar.stepTo(position.steps());
    }
  }

  @Override
  public void onStep(StepReport report, int epoch) {
    seconds += report.seconds().total();
    if (plan.hasEpochs()) {
      bar.step();
    } else {
      bar.stepTo((long) Math.min(PER_CENT, PER_CENT * seconds / plan.maxSeconds()));
    }
  }

  @Override
  public void onEpoch(EpochReport report) {
    bar.setExtraMessage(
        wide ? "epoch " + report.epoch() + "  " + plan.numbers(report) : plan.testNumber(report));
  }

  @Override
  public void close() {
    bar.close();
  }
}
