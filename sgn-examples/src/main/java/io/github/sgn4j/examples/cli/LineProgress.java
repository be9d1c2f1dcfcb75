package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;

/**
 * Plain lines: one an epoch, but for short epochs one a second; the last epoch always has its line.
 */
final class LineProgress implements Progress {

  private static final long NANOS_BETWEEN_LINES = 1_000_000_000L;

  private final Console console;
  private final RunPlan plan;
  private final boolean verbose;
  private long lastLine = System.nanoTime() - NANOS_BETWEEN_LINES;
  private EpochReport unshown;

  LineProgress(Console console, RunPlan plan, boolean verbose) {
    this.console = console;
    this.plan = plan;
    this.verbose = verbose;
  }

  @Override
  public void onStep(StepReport report, int epoch) {
    if (!verbose) {
      return;
    }
    StringBuilder line = new StringBuilder("step " + report.step());
    line.append("  loss ").append(Numbers.of(report.lossBefore()));
    line.append("  gradient ").append(Numbers.of(report.gradientNorm()));
    if (report.reason() != null) {
      line.append("  rho ").append(Numbers.of(report.dampingUsed()));
      line.append("  CG ").append(report.cgIterations()).append(" of ").append(report.cgLimit());
      line.append(" (").append(OptionText.of(report.reason())).append(')');
      line.append("  ratio ").append(Numbers.of(report.gainRatio()));
      line.append("  alpha ").append(Numbers.of(report.stepSize()));
    } else if (Double.isFinite(report.learningRate())) {
      line.append("  lr ").append(Numbers.of(report.learningRate()));
    }
    console.line(line.toString());
  }

  @Override
  public void onEpoch(EpochReport report) {
    long now = System.nanoTime();
    if (verbose || now - lastLine >= NANOS_BETWEEN_LINES) {
      show(report);
      lastLine = now;
    } else {
      unshown = report;
    }
  }

  private void show(EpochReport report) {
    console.line(
        "epoch "
            + report.epoch()
            + (plan.hasEpochs() ? "/" + plan.epochs() : "")
            + "  "
            + plan.numbers(report)
            + "  "
            + Numbers.seconds(report.trainingSeconds())
            + " s");
    unshown = null;
  }

  @Override
  public void close() {
    if (unshown != null) {
      show(unshown);
    }
  }
}
