package io.github.sgn4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.PlainBatch;
import io.github.sgn4j.testkit.PlainMlp;
import io.github.sgn4j.testkit.Quadratic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private static final BatchSource THREE_BATCHES =
      epoch -> Collections.nCopies(3, Quadratic.BATCH).iterator();

  private final Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1), 8);
  private final Optimizer optimizer =
      new SgdOptimizer(objective, SgdOptions.builder().learningRate(0.5).build());

  @Test
  void trainsForSoManyEpochs() {
    TrainingResult result = Trainer.builder(optimizer, THREE_BATCHES).epochs(2).build().run();

    assertThat(result.steps()).isEqualTo(6);
    assertThat(result.reason()).isEqualTo(TrainingResult.EndReason.EPOCHS);
    assertThat(optimizer.theta().get(0)).isEqualTo(8.0 / 64);
    assertThat(result.epochs()).extracting(EpochReport::epoch).containsExactly(1, 2);
    assertThat(result.epochs()).extracting(EpochReport::steps).containsExactly(3, 3);
    assertThat(result.epochs()).allMatch(EpochReport::complete);
    // Losses before the updates: 32, 8, 2.
    assertThat(result.epochs().get(0).avgLoss()).isEqualTo(14);
    assertThat(result.epochs().get(0).metric()).isEqualTo(24);
    assertThat(result.epochs().get(0).evaluation().loss()).isNaN();
  }

  @Test
  void evaluatesAfterEachEpoch() {
    TrainingResult result =
        Trainer.builder(optimizer, THREE_BATCHES)
            .epochs(2)
            .evaluation(theta -> new Evaluation(theta.get(0), 7))
            .build()
            .run();

    assertThat(result.epochs())
        .extracting(EpochReport::evaluation)
        .containsExactly(new Evaluation(1, 7), new Evaluation(0.125, 7));
  }

  @Test
  void asksTheSourceForEpochsFromZero() {
    List<Integer> asked = new ArrayList<>();
    BatchSource source =
        epoch -> {
          asked.add(epoch);
          return THREE_BATCHES.epoch(epoch);
        };

    Trainer.builder(optimizer, source).epochs(3).build().run();

    assertThat(asked).containsExactly(0, 1, 2);
  }

  @Test
  void publishesBeforeListenersHearOfAStepOrAnEpoch() {
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report, int epoch) {
            assertThat(objective.published().get(0)).isEqualTo(optimizer.theta().get(0));
            heard.add("step " + report.step() + " of epoch " + epoch);
          }

          @Override
          public void onEpoch(EpochReport report) {
            assertThat(objective.published().get(0)).isEqualTo(optimizer.theta().get(0));
            heard.add("epoch " + report.epoch());
          }
        };

    Trainer.builder(optimizer, THREE_BATCHES).epochs(2).listener(listener).build().run();

    assertThat(heard)
        .containsExactly(
            "step 1 of epoch 1",
            "step 2 of epoch 1",
            "step 3 of epoch 1",
            "epoch 1",
            "step 4 of epoch 2",
            "step 5 of epoch 2",
            "step 6 of epoch 2",
            "epoch 2");
  }

  @Test
  void publishesOnceAtTheEndIfNobodyListens() {
    Trainer.builder(optimizer, THREE_BATCHES).epochs(2).build().run();

    assertThat(objective.calls()).containsOnlyOnce("publish");
    assertThat(objective.published().get(0)).isEqualTo(optimizer.theta().get(0));
  }

  @Test
  void publishesTheParametersFromBeforeAStepThatFails() {
    BatchSource source =
        epoch -> {
          if (epoch == 1) {
            objective.replaceLoss(Double.NaN);
          }
          return THREE_BATCHES.epoch(epoch);
        };
    Trainer trainer = Trainer.builder(optimizer, source).epochs(5).build();

    assertThatThrownBy(trainer::run).isInstanceOf(NonFiniteException.class);
    assertThat(objective.published().get(0)).isEqualTo(1);
    assertThat(optimizer.stepCount()).isEqualTo(3);
  }

  @Test
  void publishesWhenAListenerFails() {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochReport report) {
            throw new IllegalStateException("disk full");
          }
        };
    Trainer trainer = Trainer.builder(optimizer, THREE_BATCHES).epochs(5).listener(failing).build();

    assertThatThrownBy(trainer::run).hasMessage("disk full");
    assertThat(objective.published().get(0)).isEqualTo(1);
  }

  @Test
  void handsOutTheAverageWhereItsLossIsLower() {
    // theta *= -0.9 in each step: the iterates swing around the minimum.
    Optimizer swinging =
        new SgdOptimizer(objective, SgdOptions.builder().learningRate(1.9).build());
    TrainingResult result =
        Trainer.builder(swinging, THREE_BATCHES)
            .epochs(2)
            .averaging(8)
            .evaluation(theta -> new Evaluation(theta.get(0), 0))
            .build()
            .run();

    double average = result.average().get(0);
    assertThat(Math.abs(average)).isLessThan(0.5 * Math.abs(swinging.theta().get(0)));
    assertThat(result.solution()).isSameAs(result.average());
    assertThat(result.last()).isSameAs(swinging.theta());
    assertThat(objective.published().get(0)).isEqualTo(average);
    assertThat(result.epochs()).allMatch(EpochReport::averaged);
    assertThat(result.epochs().get(1).evaluation().loss()).isEqualTo(average);
  }

  @Test
  void handsOutTheLastIterateWhereTheAverageLagsBehind() {
    TrainingResult result =
        Trainer.builder(optimizer, THREE_BATCHES).epochs(2).averaging(8).build().run();

    assertThat(result.average().get(0)).isGreaterThan(optimizer.theta().get(0));
    assertThat(result.solution()).isSameAs(optimizer.theta());
    assertThat(objective.published().get(0)).isEqualTo(optimizer.theta().get(0));
    assertThat(result.epochs()).noneMatch(EpochReport::averaged);
  }

  @Test
  void keepsNoAverageUnlessAskedTo() {
    TrainingResult result = Trainer.builder(optimizer, THREE_BATCHES).epochs(1).build().run();

    assertThat(result.average()).isNull();
    assertThat(result.solution()).isSameAs(optimizer.theta());
  }

  @Test
  void tellsTheOptimizerHowMuchOfTheBudgetIsUsedUp() {
    List<Double> told = new ArrayList<>();
    Optimizer listening =
        new Forwarding(optimizer) {
          @Override
          public void progress(double fraction) {
            told.add(fraction);
          }
        };
    BatchSource counted =
        new BatchSource() {
          @Override
          public Iterator<Batch> epoch(int epoch) {
            return THREE_BATCHES.epoch(epoch);
          }

          @Override
          public int batchesPerEpoch() {
            return 3;
          }
        };
    Trainer.builder(listening, counted).epochs(2).build().run();
    assertThat(told)
        .containsExactly(0.0, 1.0 / 6, 2.0 / 6, 3.0 / 6, (1 + 1.0 / 3) / 2, (1 + 2.0 / 3) / 2);

    told.clear();
    Trainer.builder(listening, THREE_BATCHES).maxSeconds(8).nanoClock(tickingClock()).build().run();
    // Fetching an epoch takes a second, and each step one.
    assertThat(told).containsExactly(1.0 / 8, 2.0 / 8, 3.0 / 8, 5.0 / 8, 6.0 / 8, 7.0 / 8);
  }

  @Test
  void refusesAnAverageOutOfRange() {
    for (double eta : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Trainer.builder(optimizer, THREE_BATCHES).averaging(eta))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("averaging = " + eta);
    }
  }

  /** Does what another optimizer does. */
  private static class Forwarding implements Optimizer {
    private final Optimizer to;

    Forwarding(Optimizer to) {
      this.to = to;
    }

    @Override
    public StepReport step(Batch batch) {
      return to.step(batch);
    }

    @Override
    public FlatVector theta() {
      return to.theta();
    }

    @Override
    public Objective objective() {
      return to.objective();
    }

    @Override
    public String name() {
      return to.name();
    }

    @Override
    public long stepCount() {
      return to.stepCount();
    }

    @Override
    public OptimizerState state() {
      return to.state();
    }

    @Override
    public void restore(OptimizerState state) {
      to.restore(state);
    }
  }

  /** A clock that shows one second more each time it is read. */
  private static LongSupplier tickingClock() {
    long[] now = {0};
    return () -> now[0] += 1_000_000_000L;
  }

  @Test
  void theTimeLimitIsCheckedAfterEachStepAndCountsBatchesAndStepsAlone() {
    // Each step, and fetching each epoch, takes a second. The rest would take hours if it counted.
    List<EpochReport> heard = new ArrayList<>();
    TrainingResult result =
        Trainer.builder(optimizer, THREE_BATCHES)
            .maxSeconds(6)
            .nanoClock(tickingClock())
            .listener(
                new TrainingListener() {
                  @Override
                  public void onEpoch(EpochReport report) {
                    heard.add(report);
                  }
                })
            .build()
            .run();

    // 1 + 3 seconds, then 1 + 1.
    assertThat(result.reason()).isEqualTo(TrainingResult.EndReason.TIME_LIMIT);
    assertThat(result.steps()).isEqualTo(4);
    assertThat(result.trainingSeconds()).isCloseTo(6, within(1e-9));
    assertThat(result.epochs()).isEqualTo(heard);
    assertThat(heard).extracting(EpochReport::steps).containsExactly(3, 1);
    assertThat(heard).extracting(EpochReport::complete).containsExactly(true, false);
    assertThat(heard.get(0).trainingSeconds()).isCloseTo(4, within(1e-9));
    assertThat(heard.get(1).trainingSeconds()).isCloseTo(6, within(1e-9));
  }

  @Test
  void aLimitReachedWithTheLastStepOfTheLastEpochIsTheEpochsEnd() {
    TrainingResult result =
        Trainer.builder(optimizer, THREE_BATCHES)
            .epochs(1)
            .maxSeconds(4)
            .nanoClock(tickingClock())
            .build()
            .run();

    assertThat(result.reason()).isEqualTo(TrainingResult.EndReason.EPOCHS);
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.epochs().get(0).complete()).isTrue();
  }

  @Test
  void theFirstStepIsDoneWhateverTheLimit() {
    TrainingResult result =
        Trainer.builder(optimizer, THREE_BATCHES)
            .maxSeconds(1e-9)
            .nanoClock(tickingClock())
            .build()
            .run();

    assertThat(result.steps()).isEqualTo(1);
    assertThat(result.reason()).isEqualTo(TrainingResult.EndReason.TIME_LIMIT);
  }

  @Test
  void evaluationAndListenersDoNotCount() {
    long[] now = {0};
    LongSupplier stopped = () -> now[0];

    TrainingResult result =
        Trainer.builder(optimizer, THREE_BATCHES)
            .epochs(3)
            .maxSeconds(1)
            .nanoClock(stopped)
            .evaluation(
                theta -> {
                  now[0] += 3_600_000_000_000L;
                  return new Evaluation(0, 0);
                })
            .listener(
                new TrainingListener() {
                  @Override
                  public void onStep(StepReport report, int epoch) {
                    now[0] += 3_600_000_000_000L;
                  }
                })
            .build()
            .run();

    assertThat(result.steps()).isEqualTo(9);
    assertThat(result.trainingSeconds()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    assertThat(trainMlp(3, false)).isEqualTo(trainMlp(3, true)).isNotEqualTo(trainMlp(4, false));
  }

  /** Trains a small network on shuffled data. */
  private static double[] trainMlp(long seed, boolean listened) {
    Random random = new Random(1);
    double[] initial = random.doubles(4 * 5 + 6 * 1, -1, 1).toArray();
    PlainMlp network =
        new PlainMlp(new int[] {3, 5, 1}, PlainMlp.Loss.SQUARED_ERROR, Precision.FLOAT, initial);
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double[][] inputs = new double[4][];
      double[][] targets = new double[4][];
      for (int s = 0; s < 4; s++) {
        inputs[s] = random.doubles(3).toArray();
        targets[s] = new double[] {inputs[s][0] * inputs[s][1]};
      }
      batches.add(new PlainBatch(inputs, targets));
    }
    BatchSource source =
        epoch -> {
          List<Batch> shuffled = new ArrayList<>(batches);
          Collections.shuffle(shuffled, new Random(seed + 31L * epoch));
          return shuffled.iterator();
        };
    SgnOptimizer sgn = new SgnOptimizer(network, SgnOptions.builder().beta(0.5).build());
    Trainer.Builder trainer = Trainer.builder(sgn, source).epochs(3);
    if (listened) {
      trainer.listener(new TrainingListener() {}).evaluation(TrainerTest::norm);
    }
    TrainingResult result = trainer.build().run();

    double first = result.epochs().get(0).avgLoss();
    assertThat(result.epochs().get(2).avgLoss()).isLessThan(first);
    return sgn.theta().toDoubleArray();
  }

  private static Evaluation norm(FlatVector theta) {
    return new Evaluation(theta.norm(), 0);
  }

  @Test
  void refusesAnEpochWithoutBatches() {
    Trainer trainer =
        Trainer.builder(optimizer, epoch -> Collections.emptyIterator()).epochs(1).build();

    assertThatThrownBy(trainer::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("epoch 1 has no batches");
  }

  @Test
  void refusesARunWithoutEnd() {
    Trainer.Builder builder = Trainer.builder(optimizer, THREE_BATCHES);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs or maxSeconds");
    assertThatThrownBy(() -> builder.epochs(0)).hasMessage("option epochs = 0: must be at least 1");
    assertThatThrownBy(() -> builder.maxSeconds(0))
        .hasMessage("option maxSeconds = 0.0: must be above 0");
    assertThatThrownBy(() -> builder.maxSeconds(Double.NaN))
        .hasMessage("option maxSeconds = NaN: must be above 0");
  }
}
