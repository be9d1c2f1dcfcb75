package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.Quadratic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {

  private static final String STEP = "io.github.sgn4j.Step";
  private static final String SOLVE = "io.github.sgn4j.CgSolve";

  @TempDir Path folder;

  private static SgnOptimizer optimizer(Quadratic objective) {
    return new SgnOptimizer(objective, SgnOptions.reference());
  }

  private List<RecordedEvent> record(Runnable steps, String... names) throws IOException {
    Path file = folder.resolve("steps.jfr");
    try (Recording recording = new Recording()) {
      recording.disable(STEP);
      recording.disable(SOLVE);
      for (String name : names) {
        recording.enable(name).withoutThreshold();
      }
      recording.start();
      steps.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  @Test
  void recordsEveryStepAndItsSolve() throws IOException {
    SgnOptimizer optimizer = optimizer(OptimizerContract.quadratic(Precision.DOUBLE));
    List<StepReport> reports = new ArrayList<>();

    List<RecordedEvent> events =
        record(
            () -> {
              for (int i = 0; i < 3; i++) {
                reports.add(optimizer.step(Quadratic.BATCH));
              }
            },
            STEP,
            SOLVE);

    List<RecordedEvent> steps = named(events, STEP);
    List<RecordedEvent> solves = named(events, SOLVE);
    assertThat(steps).hasSize(3);
    assertThat(solves).hasSize(3);
    for (int i = 0; i < 3; i++) {
      RecordedEvent step = steps.get(i);
      RecordedEvent solve = solves.get(i);
      StepReport report = reports.get(i);
      assertThat(step.getLong("step")).isEqualTo(i + 1);
      assertThat(step.getDouble("loss")).isEqualTo(report.lossBefore());
      assertThat(step.getDouble("lossAfter")).isEqualTo(report.lossAfter());
      assertThat(step.getDouble("gradientNorm")).isEqualTo(report.gradientNorm());
      assertThat(step.getDouble("damping")).isEqualTo(report.dampingUsed());
      assertThat(step.getDouble("gainRatio")).isEqualTo(report.gainRatio());
      assertThat(step.getDouble("stepSize")).isEqualTo(report.stepSize());
      assertThat(step.getInt("cgIterations")).isEqualTo(report.cgIterations()).isPositive();
      assertThat(step.getInt("backtracks")).isEqualTo(report.backtracks());
      assertThat(step.getBoolean("accepted")).isEqualTo(report.accepted());
      assertThat(solve.getLong("step")).isEqualTo(i + 1);
      assertThat(solve.getDouble("damping")).isEqualTo(report.dampingUsed());
      assertThat(solve.getInt("limit")).isEqualTo(report.cgLimit());
      assertThat(solve.getInt("iterations")).isEqualTo(report.cgIterations());
      assertThat(solve.getInt("products")).isEqualTo(report.products());
      assertThat(solve.getDouble("residual")).isEqualTo(report.residual());
      assertThat(solve.getString("reason")).isEqualTo(report.reason().name());
      assertThat(solve.getInt("curvatureSamples")).isEqualTo(1);
      assertThat(solve.getStartTime()).isBetween(step.getStartTime(), step.getEndTime());
      assertThat(solve.getDuration()).isPositive().isLessThanOrEqualTo(step.getDuration());
    }
  }

  @Test
  void recordsOnlyWhatIsAskedFor() throws IOException {
    SgnOptimizer optimizer = optimizer(OptimizerContract.quadratic(Precision.FLOAT));

    List<RecordedEvent> events = record(() -> optimizer.step(Quadratic.BATCH), SOLVE);

    assertThat(named(events, SOLVE)).hasSize(1);
    assertThat(named(events, STEP)).isEmpty();
  }

  @Test
  void aStepThatFailsIsNotRecordedButItsSolveIs() throws IOException {
    Quadratic objective = OptimizerContract.quadratic(Precision.DOUBLE);
    SgnOptimizer optimizer = optimizer(objective);
    objective.scaleProducts(Double.NaN);

    List<RecordedEvent> events =
        record(
            () -> {
              try {
                optimizer.step(Quadratic.BATCH);
              } catch (NonFiniteException e) {
                return;
              }
              throw new AssertionError("the step should have failed");
            },
            STEP,
            SOLVE);

    assertThat(named(events, STEP)).isEmpty();
    assertThat(named(events, SOLVE).get(0).getString("reason")).isEqualTo("NON_FINITE");
  }

  @Test
  void eventsDescribeThemselves() {
    optimizer(OptimizerContract.quadratic(Precision.DOUBLE)).step(Quadratic.BATCH);

    List<EventType> ours =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getName().startsWith("io.github.sgn4j."))
            .toList();

    assertThat(ours).extracting(EventType::getName).containsExactlyInAnyOrder(STEP, SOLVE);
    assertThat(ours).allMatch(type -> type.getCategoryNames().equals(List.of("SGN4J")));
    assertThat(ours).extracting(EventType::getLabel).contains("SGN Step", "CG Solve");
    assertThat(ours)
        .allSatisfy(
            type ->
                assertThat(type.getFields())
                    .allSatisfy(field -> assertThat(field.getLabel()).isNotBlank()));
  }
}
