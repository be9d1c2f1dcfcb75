package io.github.sgn4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callbacks, stops and when checkpoints are saved. */
class TrainingControlTest {

  private static final BatchSource THREE_BATCHES =
      epoch -> Collections.nCopies(3, Quadratic.BATCH).iterator();

  private final Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1), 8);
  private final Optimizer optimizer =
      new SgdOptimizer(objective, SgdOptions.builder().learningRate(0.5).build());
  private final List<Checkpoint> saved = new ArrayList<>();

  private static TrainingCallback atStep(long step, Action action) {
    return new TrainingCallback() {
      @Override
      public void afterStep(StepReport report, int epoch, TrainingControl control) {
        if (report.step() == step) {
          action.act(control);
        }
      }
    };
  }

  /** What to do with a control. */
  private interface Action {
    void act(TrainingControl control);
  }

  private Trainer.Builder trainer() {
    return Trainer.builder(optimizer, THREE_BATCHES).epochs(4);
  }

  @Test
  void aCallbackStopsTheRunAndTheEpochIsEvaluated() {
    TrainingResult result =
        trainer()
            .evaluation(theta -> new Evaluation(theta.get(0), 0))
            .callback(atStep(5, control -> control.stop("enough")))
            .callback(atStep(5, control -> control.stop("more than enough")))
            .build()
            .run();

    assertThat(result.reason()).isEqualTo(EndReason.STOPPED);
    assertThat(result.detail()).isEqualTo("enough");
    assertThat(result.steps()).isEqualTo(5);
    assertThat(result.epochs()).extracting(EpochReport::steps).containsExactly(3, 2);
    assertThat(result.epochs().get(1).complete()).isFalse();
    assertThat(result.epochs().get(1).evaluation().loss()).isEqualTo(8.0 / 32);
    assertThat(objective.published().get(0)).isEqualTo(8.0 / 32);
  }

  @Test
  void aStopWithTheLastStepOfAllIsTheEpochsEnd() {
    TrainingResult result =
        trainer().callback(atStep(12, control -> control.stop("enough"))).build().run();

    assertThat(result.reason()).isEqualTo(EndReason.EPOCHS);
    assertThat(result.detail()).isEmpty();
    assertThat(result.epochs()).hasSize(4).allMatch(EpochReport::complete);
  }

  @Test
  void aStopBeforeTrainingDoesNoStep() {
    TrainingResult result =
        trainer()
            .callback(
                new TrainingCallback() {
                  @Override
                  public void beforeTraining(TrainingControl control) {
                    control.stop("not today");
                  }
                })
            .checkpoints(saved::add, CheckpointInterval.everySteps(1))
            .build()
            .run();

    assertThat(result.steps()).isZero();
    assertThat(result.epochs()).isEmpty();
    assertThat(result.solution()).isSameAs(optimizer.theta());
    assertThat(saved).isEmpty();
  }

  @Test
  @Timeout(30)
  void anotherThreadStopsTheRun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch requested = new CountDownLatch(1);
    Trainer trainer =
        Trainer.builder(optimizer, THREE_BATCHES)
            .epochs(Integer.MAX_VALUE - 1)
            .evaluation(
                theta -> {
                  throw new AssertionError("who is in a hurry wants no evaluation");
                })
            .checkpoints(saved::add, CheckpointInterval.atEndOnly())
            .callback(
                atStep(
                    2,
                    control -> {
                      begun.countDown();
                      await(requested);
                    }))
            .build();
    Thread other =
        new Thread(
            () -> {
              await(begun);
              trainer.requestStop();
              requested.countDown();
            });
    other.start();

    TrainingResult result = trainer.run();

    other.join();
    assertThat(result.reason()).isEqualTo(EndReason.STOPPED);
    assertThat(result.detail()).isEqualTo("another thread asked for it");
    assertThat(result.steps()).isEqualTo(2);
    assertThat(result.epochs()).isEmpty();
    assertThat(saved).singleElement().satisfies(c -> assertThat(c.position().steps()).isEqualTo(2));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRequestCountsOnce() {
    Trainer trainer = trainer().build();

    trainer.requestStop();
    assertThat(trainer.run().steps()).isZero();
    assertThat(trainer.run().steps()).isEqualTo(12);
  }

  @Test
  void aCallbackSetsTheDampingOfTheNextStep() {
    List<Double> used = new ArrayList<>();
    SgnOptimizer sgn =
        new SgnOptimizer(objective, SgnOptions.builder().trustRegion(false).damping(1).build());
    Trainer.builder(sgn, THREE_BATCHES)
        .epochs(2)
        .listener(
            new TrainingListener() {
              @Override
              public void onStep(StepReport report, int epoch) {
                used.add(report.dampingUsed());
              }
            })
        .callback(atStep(2, control -> control.damping(0.25)))
        .build()
        .run();

    assertThat(used).containsExactly(1.0, 1.0, 0.25, 0.25, 0.25, 0.25);
  }

  @Test
  void methodsWithoutDampingRefuseOne() {
    Trainer trainer = trainer().callback(atStep(1, control -> control.damping(1))).build();

    assertThatThrownBy(trainer::run)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("SGD has no damping that could be set");
  }

  @Test
  void aCallbackKeepsASolutionOfAnyStep() {
    TrainingResult result =
        trainer()
            .callback(atStep(2, TrainingControl::keepSolution))
            .callback(atStep(5, TrainingControl::keepSolution))
            .build()
            .run();

    assertThat(result.keptEpoch()).isEqualTo(2);
    assertThat(result.solution().get(0)).isEqualTo(8.0 / 32);
    assertThat(objective.published().get(0)).isEqualTo(8.0 / 32);
    assertThat(result.last().get(0)).isEqualTo(8.0 / 4096);
  }

  @Test
  void nothingIsKeptBeforeTheFirstStep() {
    Trainer trainer =
        trainer()
            .callback(
                new TrainingCallback() {
                  @Override
                  public void beforeTraining(TrainingControl control) {
                    control.keepSolution();
                  }
                })
            .build();

    assertThatThrownBy(trainer::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void callbacksComeAfterListenersAndSeeTheSolution() {
    List<String> heard = new ArrayList<>();
    trainer()
        .epochs(1)
        .callback(
            new TrainingCallback() {
              @Override
              public void beforeTraining(TrainingControl control) {
                heard.add("begin at " + control.solution().get(0));
                assertThat(control.optimizer()).isSameAs(optimizer);
              }

              @Override
              public void afterStep(StepReport report, int epoch, TrainingControl control) {
                assertThat(objective.published().get(0)).isEqualTo(control.solution().get(0));
                heard.add("acts on " + epoch + "/" + report.step());
              }

              @Override
              public void afterEpoch(EpochReport report, TrainingControl control) {
                heard.add("acts at " + control.solution().get(0));
              }
            })
        .listener(
            new TrainingListener() {
              @Override
              public void onStep(StepReport report, int epoch) {
                heard.add("hears");
              }

              @Override
              public void onEpoch(EpochReport report) {
                heard.add("hears all");
              }
            })
        .build()
        .run();

    assertThat(heard)
        .containsExactly(
            "begin at 8.0",
            "hears",
            "acts on 1/1",
            "hears",
            "acts on 1/2",
            "hears",
            "acts on 1/3",
            "hears all",
            "acts at 1.0");
  }

  private List<Long> savedSteps() {
    return saved.stream().map(checkpoint -> checkpoint.position().steps()).toList();
  }

  @Test
  void savesEverySoManyStepsAndAtTheEnd() {
    trainer().checkpoints(saved::add, CheckpointInterval.everySteps(5)).build().run();

    assertThat(savedSteps()).containsExactly(5L, 10L, 12L);
    assertThat(saved.get(2).position().epochsDone()).isEqualTo(4);
    assertThat(saved.get(2).position().stepsOfEpoch()).isZero();
    assertThat(saved.get(0).position().batchesPerEpoch()).isEqualTo(3);
  }

  @Test
  void savesOnlyTheEndUnlessTold() {
    trainer().checkpoints(saved::add, CheckpointInterval.atEndOnly()).build().run();
    assertThat(savedSteps()).containsExactly(12L);
  }

  @Test
  void savesByTheClockEvaluationIncluded() {
    long[] now = {0};
    LongSupplier clock = () -> now[0];
    trainer()
        .evaluation(
            theta -> {
              now[0] += 4_000_000_000L;
              return new Evaluation(0, 0);
            })
        .listener(
            new TrainingListener() {
              @Override
              public void onStep(StepReport report, int epoch) {
                now[0] += 1_000_000_000L;
              }
            })
        .nanoClock(clock)
        .checkpoints(saved::add, CheckpointInterval.everySeconds(6))
        .build()
        .run();

    // Epochs take 3 seconds of steps and 4 of evaluation.
    assertThat(savedSteps()).containsExactly(3L, 6L, 9L, 12L);
    assertThat(saved).allMatch(c -> c.position().stepsOfEpoch() == 0);
  }

  @Test
  void aTimeLimitCanBeRaised() {
    long[] now = {0};
    LongSupplier clock = () -> now[0] += 1_000_000_000L;
    TrainingResult first =
        Trainer.builder(optimizer, THREE_BATCHES)
            .maxSeconds(6)
            .nanoClock(clock)
            .checkpoints(saved::add, CheckpointInterval.atEndOnly())
            .build()
            .run();
    assertThat(first.reason()).isEqualTo(EndReason.TIME_LIMIT);
    assertThat(first.epochs()).extracting(EpochReport::steps).containsExactly(3, 1);

    TrainingResult second =
        Trainer.builder(optimizer, THREE_BATCHES)
            .maxSeconds(100)
            .epochs(2)
            .nanoClock(clock)
            .resume(saved.get(0))
            .build()
            .run();
    assertThat(second.reason()).isEqualTo(EndReason.EPOCHS);
    assertThat(second.epochs()).extracting(EpochReport::steps).containsExactly(3, 3);
    assertThat(second.epochs().get(0)).isEqualTo(first.epochs().get(0));
    assertThat(second.trainingSeconds()).isGreaterThan(first.trainingSeconds());
    assertThat(optimizer.theta().get(0)).isEqualTo(8.0 / 64);
  }

  @Test
  void aCheckpointThatCannotBeSavedEndsTheRun() {
    Trainer trainer =
        trainer()
            .checkpoints(
                checkpoint -> {
                  throw new IOException("disk full");
                },
                CheckpointInterval.everySteps(2))
            .build();

    assertThatThrownBy(trainer::run)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the checkpoint after step 2 was not saved")
        .hasRootCauseMessage("disk full");
    assertThat(objective.published().get(0)).isEqualTo(2);
  }

  @Test
  void refusesIntervalsOutOfRange() {
    assertThatThrownBy(() -> CheckpointInterval.everySteps(0))
        .hasMessage("option steps = 0: must be at least 1");
    assertThatThrownBy(() -> CheckpointInterval.everySteps(1).orSeconds(Double.NaN))
        .hasMessage("option seconds = NaN: must be above 0");
    assertThatThrownBy(() -> CheckpointInterval.everySeconds(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
