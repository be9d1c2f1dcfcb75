package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.examples.data.Task;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingResult;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {

  @TempDir Path parent;
  private RunFolder folder;
  private long nanos;

  @BeforeEach
  void makeFolder() {
    folder = RunFolder.at(parent.resolve("run"), false);
    folder.create();
  }

  private RunRecorder recorder(Task task, boolean secondOrder) {
    return new RunRecorder(
        folder,
        task,
        secondOrder,
        RunEnvironment.ofThisMachine(Precision.DOUBLE, 3, 2, null),
        () -> nanos,
        false);
  }

  private RunRecorder resumed() {
    return RunRecorder.resumed(
        folder,
        Task.CLASSIFICATION,
        true,
        RunEnvironment.ofThisMachine(Precision.DOUBLE, 3, 2, null));
  }

  private static StepReport step(long number, double damping, int iterations) {
    double nan = Double.NaN;
    return new StepReport(
        number,
        1,
        0.5,
        nan,
        nan,
        damping,
        damping,
        nan,
        nan,
        100,
        10,
        iterations,
        null,
        false,
        nan,
        nan,
        1,
        0.25,
        0,
        nan,
        nan,
        2,
        true,
        true,
        1,
        1,
        iterations,
        new StepReport.Seconds(0, 0, 0, 0, 0.125));
  }

  private static final FinalLosses LOSSES =
      new FinalLosses(false, new FinalLosses.Losses(0.5, 0.75, 0.25, 0.875), null);

  private static TrainingResult result(long steps) {
    FlatVector theta = FlatVector.zeros(Precision.DOUBLE, 1);
    return new TrainingResult(List.of(), steps, 8.5, EndReason.EPOCHS, theta, theta, null);
  }

  private static EpochReport epoch(int number, double loss) {
    return new EpochReport(
        number, loss, 0.75, new Evaluation(2 * loss, 0.875), false, number * 2.0, 4, true);
  }

  private RunResults written() throws IOException {
    return RunResults.read(folder.path());
  }

  @Test
  void writesAFirstFileAtOnce() throws IOException {
    recorder(Task.REGRESSION, true);

    assertThat(written().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(written().avgLoss()).isEmpty();
    assertThat(written().testLoss()).isEmpty();
    assertThat(written().rho()).isEmpty();
  }

  @Test
  void keepsStepsAndEpochs() throws IOException {
    RunRecorder recorder = recorder(Task.CLASSIFICATION, true);
    recorder.onStep(step(1, 1e-3, 10), 1);
    recorder.onStep(step(2, 2e-3, 7), 1);
    recorder.onEpoch(epoch(1, 0.5));

    RunResults results = written();
    assertThat(results.avgLoss()).containsExactly(0.5);
    assertThat(results.testAcc()).containsExactly(0.875);
    assertThat(results.testLoss()).isNull();
    assertThat(results.acc()).containsExactly(0.75);
    assertThat(results.epochSeconds()).containsExactly(2.0);
    assertThat(results.totTime()).isEqualTo(2.0);
    assertThat(results.totIterations()).isEqualTo(2);
    assertThat(results.totEpochs()).isEqualTo(1);
    assertThat(results.rho()).containsExactly(1e-3, 2e-3);
    assertThat(results.alpha()).containsExactly(0.25, 0.25);
    assertThat(results.cgIterations()).containsExactly(10, 7);
    assertThat(results.environment().seed()).isEqualTo(3);
  }

  @Test
  void keepsTheTestLossOfRegressionsAndNoDampingOfFirstOrderMethods() throws IOException {
    RunRecorder recorder = recorder(Task.REGRESSION, false);
    recorder.onStep(step(1, Double.NaN, 0), 1);
    recorder.onEpoch(epoch(1, 0.5));

    assertThat(written().testLoss()).containsExactly(1.0);
    assertThat(written().testAcc()).isNull();
    assertThat(written().rho()).isNull();
    assertThat(written().cgIterations()).isNull();
  }

  @Test
  void writesShortEpochsOnceASecondAndAllAtTheEnd() throws IOException {
    RunRecorder recorder = recorder(Task.REGRESSION, false);
    recorder.onEpoch(epoch(1, 0.5));
    assertThat(written().totEpochs()).isEqualTo(1);

    nanos += 999_999_999;
    recorder.onEpoch(epoch(2, 0.4));
    assertThat(written().totEpochs()).isEqualTo(1);

    nanos += 1;
    recorder.onEpoch(epoch(3, 0.3));
    assertThat(written().totEpochs()).isEqualTo(3);

    recorder.onEpoch(epoch(4, 0.2));
    recorder.finish(result(16), LOSSES);
    assertThat(written().totEpochs()).isEqualTo(4);
    assertThat(written().totTime()).isEqualTo(8.5);
    assertThat(written().status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void anInterruptedRunCountsTheTimeOfItsLastSteps() throws IOException {
    RunRecorder recorder = recorder(Task.REGRESSION, true);
    recorder.onEpoch(epoch(1, 0.5));
    recorder.onStep(step(5, 1e-3, 10), 2);

    recorder.end(RunStatus.INTERRUPTED);

    assertThat(written().status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(written().totTime()).isEqualTo(2.125);
    assertThat(written().totIterations()).isEqualTo(1);
  }

  @Test
  void goesOnFromACheckpointAsIfNothingHadHappened() throws IOException {
    RunRecorder first = recorder(Task.CLASSIFICATION, true);
    RunRecorder whole = recorder(Task.CLASSIFICATION, true);
    for (RunRecorder recorder : List.of(first, whole)) {
      recorder.onStep(step(1, 1e-3, 10), 1);
      recorder.onStep(step(2, 2e-3, 7), 1);
      recorder.onEpoch(epoch(1, 0.5));
      recorder.onStep(step(3, Double.NaN, 5), 2);
    }
    byte[] saved = first.save();
    // Not in the checkpoint.
    first.onStep(step(4, 9, 9), 2);
    first.end(RunStatus.INTERRUPTED);

    RunRecorder second = resumed();
    assertThat(written().status()).isEqualTo(RunStatus.INTERRUPTED);
    second.restore(saved);
    assertThat(written().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(written().totIterations()).isEqualTo(3);
    for (RunRecorder recorder : List.of(second, whole)) {
      recorder.onStep(step(4, 4e-3, 6), 2);
      recorder.onEpoch(epoch(2, 0.25));
      recorder.finish(result(4), LOSSES);
    }

    RunResults expected = whole.results();
    assertThat(second.results())
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .ignoringFields("environment.peakResidentMb")
        .isEqualTo(expected);
    assertThat(expected.rho()).hasSize(4);
    assertThat(expected.avgLoss()).containsExactly(0.5, 0.25);
  }

  @Test
  void leavesTheFileAloneUntilItKnowsWhatWas() throws IOException {
    recorder(Task.CLASSIFICATION, true).end(RunStatus.INTERRUPTED);
    RunRecorder recorder = resumed();

    assertThatThrownBy(() -> recorder.restore(new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] tooShort = Arrays.copyOf(recorder.save(), 27);
    assertThatThrownBy(() -> recorder.restore(tooShort))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] wrong = recorder.save();
    wrong[7] = 1;
    assertThatThrownBy(() -> recorder.restore(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged");
    recorder.end(RunStatus.FAILED);

    assertThat(written().status()).isEqualTo(RunStatus.INTERRUPTED);
  }

  @Test
  void theFirstEndStands() throws IOException {
    RunRecorder recorder = recorder(Task.REGRESSION, true);
    recorder.end(RunStatus.INTERRUPTED);

    recorder.onStep(step(1, 1e-3, 10), 1);
    recorder.onEpoch(epoch(1, 0.5));
    recorder.finish(result(1), null);
    recorder.end(RunStatus.FAILED);

    assertThat(written().status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(recorder.results())
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .ignoringFields("environment.peakResidentMb")
        .isEqualTo(written());
    assertThat(written().totEpochs()).isZero();
  }
}
