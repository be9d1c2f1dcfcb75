package io.github.sgn4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.checkpoint.CheckpointFile;
import io.github.sgn4j.checkpoint.Encoded;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.DampingRule;
import io.github.sgn4j.optimizer.DampingSchedule;
import io.github.sgn4j.optimizer.LearningRateSchedule;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.PreconditionerSource;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SgnOptionsBuilder;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.optimizer.StepRule;
import io.github.sgn4j.optimizer.StepSchedule;
import io.github.sgn4j.optimizer.UpdaterOptimizer;
import io.github.sgn4j.testkit.PlainMlp;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A run that was stopped at any step and goes on is the run that was not, to the bit. */
class ResumeTest {

  private static final int EPOCHS = 3;
  private static final int STEPS = EPOCHS * SmallProblem.STEPS_PER_EPOCH;

  /** An optimizer under test. */
  private record Kind(String name, Function<Objective, Optimizer> create) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Kind sgn(String name, SgnOptionsBuilder options) {
    return new Kind(name, objective -> new SgnOptimizer(objective, options.build()));
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(sgn("SGN reference", SgnOptions.reference().toBuilder()));
    kinds.add(
        sgn(
            "SGN warm start, momentum, averages, share of the gradient",
            SgnOptions.builder()
                .dampingRule(DampingRule.GRADIENT_NORM)
                .damping(0.1)
                .minDamping(1e-3)
                .beta(0.6)
                .warmStart(0.9)
                .stepRule(StepRule.QUADRATIC_MOMENTUM)
                .preconditioner(true)
                .preconditionerSource(PreconditionerSource.HUTCHINSON)
                .preconditionerAverage(0.8)
                .rejectIncrease(true)
                .curvatureSamples(3)
                .stepSchedule(StepSchedule.linearLate(0.3, 0.01))));
    kinds.add(
        sgn(
            "SGN Nielsen, Marquardt, backtracking",
            SgnOptions.builder()
                .dampingRule(DampingRule.NIELSEN)
                .damping(1e-2)
                .rejectIncrease(true)
                .marquardtScaling(true)
                .preconditionerSource(PreconditionerSource.HUTCHINSON)
                .cgBacktracking(true)
                .cgProgress(5e-4)));
    kinds.add(
        sgn(
            "SGN schedule, squared gradient",
            SgnOptions.builder()
                .trustRegion(false)
                .dampingSchedule(DampingSchedule.LINEAR)
                .scheduleSteps(9)
                .damping(0.5)
                .preconditioner(true)
                .preconditionerAverage(0.5)));
    kinds.add(new Kind("SGN default", o -> new SgnOptimizer(o, SgnOptions.defaults())));
    kinds.add(
        sgn(
            "SGN Kronecker",
            SgnOptions.builder()
                .preconditioner(true)
                .preconditionerSource(PreconditionerSource.KRONECKER)
                .preconditionerAverage(0.8)
                .preconditionerInterval(3)));
    kinds.add(
        new Kind(
            "SGD momentum, cosine",
            o ->
                new SgdOptimizer(
                    o,
                    SgdOptions.builder()
                        .learningRate(0.3)
                        .momentum(0.8)
                        .schedule(LearningRateSchedule.COSINE)
                        .scheduleSteps(10)
                        .build())));
    kinds.add(new Kind("SGD", o -> new SgdOptimizer(o, SgdOptions.builder().build())));
    kinds.add(new Kind("Adam", o -> new UpdaterOptimizer(o, new Adam(0.05))));
    kinds.add(new Kind("AMSGrad", o -> new UpdaterOptimizer(o, new AMSGrad(0.05))));
    kinds.add(new Kind("Nesterovs", o -> new UpdaterOptimizer(o, new Nesterovs(0.05, 0.9))));
    return kinds;
  }

  static Stream<Arguments> everyKind() {
    return kinds().stream()
        .flatMap(kind -> Stream.of(Precision.values()).map(p -> Arguments.of(kind, p)));
  }

  /** Counts what it hears of; sets the damping where there is one, as its count says. */
  private static final class Counting implements TrainingCallback, Resumable {
    private int heard;

    @Override
    public void afterStep(StepReport report, int epoch, TrainingControl control) {
      heard++;
      if (heard % 3 == 0 && control.optimizer() instanceof SgnOptimizer) {
        control.damping(0.01 * heard);
      }
    }

    @Override
    public void afterEpoch(EpochReport report, TrainingControl control) {
      // The epoch's last step may have been another process's.
      if (control.optimizer() instanceof SgnOptimizer) {
        control.damping(0.02 * heard);
      }
    }

    @Override
    public String checkpointName() {
      return "counting";
    }

    @Override
    public byte[] save() {
      return ByteBuffer.allocate(4).putInt(heard).array();
    }

    @Override
    public void restore(byte[] saved) {
      heard = ByteBuffer.wrap(saved).getInt();
    }
  }

  /** One run's parts, all new: what a process begins with. */
  private static final class Attempt {
    private final SmallProblem problem;
    private final Optimizer optimizer;
    private final List<Checkpoint> saved = new ArrayList<>();
    private final Trainer.Builder trainer;

    Attempt(Kind kind, Precision precision, PlainMlp.Loss loss, boolean plain) {
      problem = new SmallProblem(precision, loss);
      optimizer = kind.create.apply(problem.network());
      BatchSource batches = plain ? problem.plainBatches() : problem.batches();
      trainer =
          Trainer.builder(optimizer, batches)
              .epochs(EPOCHS)
              .averaging(8)
              .evaluation(problem::evaluate)
              .callback(new Counting())
              .callback(
                  EarlyStopping.builder(EPOCHS).minImprovement(0.01).restoreBest(true).build())
              .checkpoints(saved::add, CheckpointInterval.atEndOnly())
              .nanoClock(() -> 0);
    }

    Attempt stopAfter(int steps) {
      trainer.callback(
          new TrainingCallback() {
            @Override
            public void afterStep(StepReport report, int epoch, TrainingControl control) {
              if (report.step() == steps) {
                control.stop("step " + steps);
              }
            }
          });
      return this;
    }

    /** By another thread's way. */
    Attempt stopHurriedlyAfter(int steps) {
      Trainer[] running = new Trainer[1];
      trainer.listener(
          new TrainingListener() {
            @Override
            public void onStep(StepReport report, int epoch) {
              if (report.step() == steps) {
                running[0].requestStop();
              }
            }
          });
      running[0] = trainer.build();
      running[0].run();
      return this;
    }

    Checkpoint last() {
      return saved.get(saved.size() - 1);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyKind")
  void goesOnAsIfNothingHadHappened(Kind kind, Precision precision) {
    boolean plain = precision == Precision.FLOAT;
    PlainMlp.Loss loss = plain ? PlainMlp.Loss.SQUARED_ERROR : PlainMlp.Loss.CROSS_ENTROPY;
    Supplier<Attempt> start = () -> new Attempt(kind, precision, loss, plain);
    Attempt whole = start.get();
    TrainingResult expected = whole.trainer.build().run();
    assertThat(expected.steps()).isEqualTo(STEPS);

    for (int cut = 1; cut <= STEPS; cut++) {
      Attempt stopped = start.get().stopAfter(cut);
      TrainingResult partly = stopped.trainer.build().run();
      assertThat(partly.steps()).isEqualTo(cut);
      Attempt hurried = start.get().stopHurriedlyAfter(cut);

      for (Checkpoint checkpoint : List.of(stopped.last(), hurried.last())) {
        assertThat(checkpoint.position().steps()).isEqualTo(cut);
        Attempt resumed = start.get();
        TrainingResult result = resumed.trainer.resume(checkpoint).build().run();

        String where = "cut after step " + cut;
        assertSame(result, expected, where);
        Checkpoint end = resumed.saved.isEmpty() ? checkpoint : resumed.last();
        assertThat(Encoded.of(end)).as(where).isEqualTo(Encoded.of(whole.last()));
      }
    }
  }

  private static void assertSame(TrainingResult result, TrainingResult expected, String where) {
    assertThat(result.epochs()).as(where).isEqualTo(expected.epochs());
    assertThat(result.steps()).as(where).isEqualTo(expected.steps());
    assertThat(result.reason()).as(where).isEqualTo(expected.reason());
    assertThat(result.keptEpoch()).as(where).isEqualTo(expected.keptEpoch());
    assertThat(result.solution().toDoubleArray())
        .as(where)
        .isEqualTo(expected.solution().toDoubleArray());
    assertThat(result.last().toDoubleArray()).as(where).isEqualTo(expected.last().toDoubleArray());
    assertThat(result.average().toDoubleArray())
        .as(where)
        .isEqualTo(expected.average().toDoubleArray());
  }

  @Test
  void canBeStoppedAfterEveryStep() {
    Kind kind = kinds().get(1);
    Attempt whole = new Attempt(kind, Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
    TrainingResult expected = whole.trainer.build().run();

    Checkpoint checkpoint = null;
    TrainingResult result = null;
    for (int cut = 1; cut <= STEPS + 1; cut++) {
      Attempt part = new Attempt(kind, Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
      part.stopAfter(cut);
      if (checkpoint != null) {
        part.trainer.resume(checkpoint);
      }
      result = part.trainer.build().run();
      checkpoint = part.saved.isEmpty() ? checkpoint : part.last();
    }

    assertSame(result, expected, "a process for each step");
    assertThat(Encoded.of(checkpoint)).isEqualTo(Encoded.of(whole.last()));
  }

  /** Its steps were done, and it was not judged: it is when the run goes on, and just once. */
  @Test
  void anEpochThatLacksItsReportAloneGetsItOnce() {
    Kind kind = kinds().get(1);
    Supplier<Attempt> start =
        () -> new Attempt(kind, Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
    int steps = SmallProblem.STEPS_PER_EPOCH;
    TrainingResult expected = start.get().trainer.build().run();
    Attempt stopped = start.get().stopHurriedlyAfter(steps);
    assertThat(stopped.last().position().epochs()).isEmpty();

    Attempt judged = start.get();
    Trainer[] running = new Trainer[1];
    judged.trainer.listener(
        new TrainingListener() {
          @Override
          public void onEpoch(EpochReport report) {
            running[0].requestStop();
          }
        });
    running[0] = judged.trainer.resume(stopped.last()).build();
    TrainingResult result = running[0].run();

    assertThat(result.steps()).isEqualTo(steps);
    assertThat(result.epochs()).isEqualTo(expected.epochs().subList(0, 1));
    assertSame(
        start.get().trainer.resume(judged.last()).build().run(), expected, "after both stops");
  }

  @Test
  void goesOnFromAFile(@TempDir Path folder) throws IOException {
    for (Kind kind : kinds()) {
      Attempt whole = new Attempt(kind, Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
      whole.trainer.build().run();
      Attempt stopped =
          new Attempt(kind, Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false).stopAfter(6);
      stopped.trainer.build().run();
      Path file = folder.resolve("one.sgn4j");
      CheckpointFile.write(file, stopped.last());

      Attempt resumed = new Attempt(kind, Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
      resumed.trainer.resume(CheckpointFile.read(file)).build().run();

      assertThat(Encoded.of(resumed.last())).as(kind.name).isEqualTo(Encoded.of(whole.last()));
    }
  }

  @Test
  void aRunThatIsOverEndsAgainWithTheSameResult() {
    Kind kind = kinds().get(4);
    Attempt whole = new Attempt(kind, Precision.DOUBLE, PlainMlp.Loss.SQUARED_ERROR, false);
    TrainingResult expected = whole.trainer.build().run();
    Attempt again = new Attempt(kind, Precision.DOUBLE, PlainMlp.Loss.SQUARED_ERROR, false);

    assertSame(again.trainer.resume(whole.last()).build().run(), expected, "again");
    assertThat(again.saved).isEmpty();
  }

  @Test
  void aLongerRunGoesOnFromTheEndOfAShorterOne() {
    Kind kind = kinds().get(0);
    Attempt whole = new Attempt(kind, Precision.DOUBLE, PlainMlp.Loss.SQUARED_ERROR, false);
    whole.trainer.build().run();
    Attempt shorter = new Attempt(kind, Precision.DOUBLE, PlainMlp.Loss.SQUARED_ERROR, false);
    shorter.trainer.epochs(1).build().run();

    Attempt resumed = new Attempt(kind, Precision.DOUBLE, PlainMlp.Loss.SQUARED_ERROR, false);
    TrainingResult result = resumed.trainer.resume(shorter.last()).build().run();

    assertThat(result.epochs()).hasSize(EPOCHS);
    assertThat(Encoded.of(resumed.last())).isEqualTo(Encoded.of(whole.last()));
  }

  private Checkpoint checkpoint() {
    Attempt process =
        new Attempt(kinds().get(0), Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
    process.stopAfter(6).trainer.build().run();
    return process.last();
  }

  @Test
  void refusesForeignCheckpointsNamingAllThatDiffers() {
    Checkpoint checkpoint = checkpoint();
    SmallProblem problem = new SmallProblem(Precision.DOUBLE, PlainMlp.Loss.CROSS_ENTROPY);
    Optimizer sgd = new SgdOptimizer(problem.network(), SgdOptions.builder().build());
    double[] before = sgd.theta().toDoubleArray();
    Trainer.Builder trainer =
        Trainer.builder(sgd, problem.batches()).epochs(1).averaging(2).resume(checkpoint);

    assertThatThrownBy(trainer::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the checkpoint is of another run: optimizer SGN there, SGD here; precision FLOAT"
                + " there, DOUBLE here; averaging 8.0 there, 2.0 here");
    assertThat(sgd.theta().toDoubleArray()).isEqualTo(before);
  }

  @Test
  void refusesOtherParametersAndOtherBatches() {
    Checkpoint checkpoint = checkpoint();
    FlatVector theta = checkpoint.state().theta();
    Checkpoint renamed =
        Checkpoint.builder(
                "SGN",
                OptimizerState.of(6, theta),
                ParameterSpace.of(Map.of("w0", new long[] {theta.length()})),
                new TrainingPosition(List.of(), 2, 1, 1, 2, 1, 17))
            .average(8, 6, checkpoint.average())
            .build();
    Attempt process =
        new Attempt(kinds().get(0), Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);

    assertThatThrownBy(process.trainer.resume(renamed)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number of parameters 1 there, 4 here")
        .hasMessageContaining("parameter 1 w0 [32] there, w0 [3, 5] here")
        .hasMessageContaining("batches per epoch 17 there, 4 here");
  }

  @Test
  void aStateThatTheOptimizerDoesNotTakeChangesNothing() {
    Checkpoint checkpoint = checkpoint();
    for (int other : new int[] {1, 2, 3}) {
      Attempt process =
          new Attempt(kinds().get(other), Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
      byte[] before = Encoded.of(asCheckpoint(process.optimizer));
      Trainer trainer = process.trainer.resume(checkpoint).build();

      assertThatThrownBy(trainer::run)
          .isInstanceOf(ResumeException.class)
          .hasMessageContaining("SGN");
      assertThat(Encoded.of(asCheckpoint(process.optimizer))).isEqualTo(before);
    }
  }

  @Test
  void aListenerThatRefusesItsStateChangesNothing() {
    Checkpoint checkpoint = checkpoint();
    Attempt process =
        new Attempt(kinds().get(0), Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
    process.trainer.callback(new Refusing("stranger"));
    byte[] before = Encoded.of(asCheckpoint(process.optimizer));
    Checkpoint attached =
        Checkpoint.builder(
                "SGN", checkpoint.state(), checkpoint.parameters(), checkpoint.position())
            .average(8, 6, checkpoint.average())
            .attachment("stranger", new byte[1])
            .build();
    Trainer trainer = process.trainer.resume(attached).build();

    assertThatThrownBy(trainer::run).hasMessage("not mine");
    assertThat(Encoded.of(asCheckpoint(process.optimizer))).isEqualTo(before);
  }

  @Test
  void aListenerThatRefusesItsStateLeavesTheOthersAsTheyWere() {
    Checkpoint checkpoint = checkpoint();
    Checkpoint.Builder attached =
        Checkpoint.builder(
                "SGN", checkpoint.state(), checkpoint.parameters(), checkpoint.position())
            .average(8, 6, checkpoint.average())
            .attachment("stranger", new byte[1]);
    checkpoint.attachments().forEach(attached::attachment);
    Counting counting = new Counting();
    EarlyStopping stopping = EarlyStopping.builder(EPOCHS).restoreBest(true).build();
    SmallProblem problem = new SmallProblem(Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY);
    Trainer trainer =
        Trainer.builder(kinds().get(0).create.apply(problem.network()), problem.batches())
            .epochs(EPOCHS)
            .averaging(8)
            .callback(counting)
            .callback(stopping)
            .callback(new Refusing("stranger"))
            .resume(attached.build())
            .build();

    assertThatThrownBy(trainer::run).hasMessage("not mine");
    assertThat(counting.heard).isZero();
    assertThat(stopping.bestEpoch()).isZero();
  }

  @Test
  void aRunThatGoesOnWithinAnEpochAndEndsAtOnceIsComparedAsIfItHadEndedThere() {
    SmallProblem problem = new SmallProblem(Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY);
    List<Integer> asked = new ArrayList<>();
    BatchSource batches =
        epoch -> {
          asked.add(epoch);
          return problem.batches().epoch(epoch);
        };
    Trainer.builder(kinds().get(0).create.apply(problem.network()), batches)
        .epochs(EPOCHS)
        .averaging(8)
        .callback(
            new TrainingCallback() {
              @Override
              public void beforeTraining(TrainingControl control) {
                control.stop(EndReason.EARLY_STOPPING, "at once");
              }
            })
        .resume(checkpoint())
        .build()
        .run();

    // Stopped in its second epoch: on the batches of the third.
    assertThat(asked).containsExactly(2);
  }

  @Test
  void refusesTwoListenersOfOneName() {
    Attempt process =
        new Attempt(kinds().get(0), Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
    process.trainer.callback(new Refusing("counting"));

    assertThatThrownBy(process.trainer::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two listeners are called 'counting'");
  }

  private static Checkpoint asCheckpoint(Optimizer optimizer) {
    return Checkpoint.builder(
            optimizer.name(),
            optimizer.state(),
            optimizer.objective().parameters(),
            new TrainingPosition(List.of(), 0, 0, 0, 0, 0, 0))
        .build();
  }

  private record Refusing(String checkpointName) implements TrainingCallback, Resumable {
    @Override
    public byte[] save() {
      return new byte[0];
    }

    @Override
    public void restore(byte[] saved) {
      throw new IllegalArgumentException("not mine");
    }
  }

  @Test
  void aCheckpointAfterTheLastStepOfAnEpochIsEvaluatedWhenItGoesOn() {
    Attempt hurried =
        new Attempt(kinds().get(0), Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false)
            .stopHurriedlyAfter(SmallProblem.STEPS_PER_EPOCH);

    assertThat(hurried.last().position().epochsDone()).isZero();
    assertThat(hurried.last().position().stepsOfEpoch()).isEqualTo(SmallProblem.STEPS_PER_EPOCH);
  }

  @Test
  void aStoppedRunReportsTheEpochThatItCutShortButDoesNotSaveIt() {
    Attempt stopped =
        new Attempt(kinds().get(0), Precision.FLOAT, PlainMlp.Loss.CROSS_ENTROPY, false);
    TrainingResult result = stopped.stopAfter(6).trainer.build().run();

    assertThat(result.reason()).isEqualTo(EndReason.STOPPED);
    assertThat(result.detail()).isEqualTo("step 6");
    assertThat(result.epochs()).extracting(EpochReport::complete).containsExactly(true, false);
    assertThat(stopped.last().position().epochs()).hasSize(1);
    assertThat(stopped.last().position().stepsOfEpoch()).isEqualTo(2);
  }
}
