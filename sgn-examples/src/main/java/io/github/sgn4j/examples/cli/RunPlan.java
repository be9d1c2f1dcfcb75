package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.Task;
import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.training.EpochReport;

/**
 * What a run is going to do, for those who show its progress.
 *
 * @param name the solver, say
 * @param task decides which numbers are shown
 * @param epochs number of epochs; Integer.MAX_VALUE if only the time ends the run
 * @param stepsPerEpoch steps in each
 * @param maxSeconds training time; infinite if only the epochs end the run
 */
record RunPlan(String name, Task task, int epochs, int stepsPerEpoch, double maxSeconds) {

  /** Whether the number of epochs is known beforehand. */
  boolean hasEpochs() {
    return epochs != Integer.MAX_VALUE;
  }

  /** The numbers of an epoch, such as "loss 0.3012 test accuracy 92.31 %". */
  String numbers(EpochReport report) {
    return "loss " + Numbers.of(report.avgLoss()) + "  " + testNumber(report);
  }

  /** The number of the test part alone. */
  String testNumber(EpochReport report) {
    return task == Task.CLASSIFICATION
        ? "test accuracy " + Numbers.percent(report.evaluation().metric())
        : "test loss " + Numbers.of(report.evaluation().loss());
  }
}
