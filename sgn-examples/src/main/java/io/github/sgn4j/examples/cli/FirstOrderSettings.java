package io.github.sgn4j.examples.cli;

import io.github.sgn4j.optimizer.LearningRateSchedule;
import io.github.sgn4j.optimizer.SgdOptions;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of SGD and of ND4J's updaters. */
final class FirstOrderSettings {

  private static final double NESTEROVS_MOMENTUM = 0.9;

  /** The choices of {@code --scheduler}, as users write them. */
  enum Scheduler {
    CONST(LearningRateSchedule.CONSTANT),
    LINEAR(LearningRateSchedule.LINEAR),
    COS(LearningRateSchedule.COSINE),
    STEP(LearningRateSchedule.STEP);

    private final LearningRateSchedule schedule;

    Scheduler(LearningRateSchedule schedule) {
      this.schedule = schedule;
    }
  }

  @Option(
      names = "--lr",
      paramLabel = "NUMBER",
      defaultValue = "1e-3",
      converter = Ranges.Positive.class,
      description = "Learning rate of every solver but SGN and ADADELTA. Default ${DEFAULT-VALUE}.")
  double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "NUMBER",
      converter = Ranges.BelowOne.class,
      description = "Momentum of SGD (default 0) and NESTEROVS (default 0.9).")
  Double momentum;

  @Option(
      names = "--scheduler",
      paramLabel = "const|linear|cos|step",
      defaultValue = "const",
      description = "How SGD's learning rate goes. Default ${DEFAULT-VALUE}.")
  Scheduler scheduler;

  @Option(
      names = "--lr-final",
      paramLabel = "NUMBER",
      converter = Ranges.Positive.class,
      description =
          "Where the schedulers end, at step --k, and their floor; at most --lr. Default 1e-3, or"
              + " --lr where that is smaller.")
  Double finalLearningRate;

  @Option(
      names = "--step",
      paramLabel = "N",
      defaultValue = "10",
      converter = Ranges.Count.class,
      description = "Steps on each stair of --scheduler step. Default ${DEFAULT-VALUE}.")
  int stepLength;

  @Option(
      names = "--reduction",
      paramLabel = "NUMBER",
      defaultValue = "0.1",
      converter = Ranges.Fraction.class,
      description = "Factor of --scheduler step after its first stair. Default ${DEFAULT-VALUE}.")
  double reduction;

  /**
   * The library's options of SGD.
   *
   * @param scheduleSteps last step of the linear and cosine schedulers
   */
  SgdOptions toSgdOptions(int scheduleSteps) {
    if (scheduler == Scheduler.LINEAR && scheduleSteps < 2) {
      throw new InputException("--k " + scheduleSteps + ": --scheduler linear takes 2 or more.");
    }
    SgdOptions.Builder builder =
        SgdOptions.builder()
            .learningRate(learningRate)
            .momentum(momentum(Solver.SGD))
            .schedule(scheduler.schedule)
            .scheduleSteps(scheduleSteps)
            .stepLength(stepLength)
            .reduction(reduction);
    if (finalLearningRate != null) {
      if (finalLearningRate > learningRate) {
        throw new InputException(
            "--lr-final "
                + finalLearningRate
                + " is above --lr "
                + learningRate
                + ": schedulers only lower the learning rate.");
      }
      builder.finalLearningRate(finalLearningRate);
    }
    return builder.build();
  }

  /** The momentum that the solver uses. */
  double momentum(Solver solver) {
    if (momentum != null) {
      return momentum;
    }
    return solver == Solver.NESTEROVS ? NESTEROVS_MOMENTUM : 0;
  }

  /** Adds the options that the solver uses to a run's configuration. */
  void describe(Map<String, Object> config, Solver solver, int scheduleSteps) {
    if (solver.hasLearningRate()) {
      config.put("lr", learningRate);
    }
    if (solver.hasMomentum()) {
      config.put("momentum", momentum(solver));
    }
    if (solver == Solver.SGD) {
      config.put("scheduler", OptionText.of(scheduler));
      config.put("lr_final", toSgdOptions(scheduleSteps).finalLearningRate());
      config.put("k", scheduleSteps);
      config.put("step", stepLength);
      config.put("reduction", reduction);
    }
  }
}
