package io.github.sgn4j.training.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesListenerTest {

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_234_567));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void setUp() {
    file = folder.resolve("new").resolve("run.jsonl");
  }

  private Runs record() {
    try (JsonLinesListener listener = new JsonLinesListener(file, CLOCK)) {
      return Runs.sgn(listener);
    }
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(STRICT.readTree(line));
    }
    return lines;
  }

  @Test
  void hasALineForEveryStepAndEpochInTheirOrder() throws IOException {
    record();

    assertThat(lines())
        .extracting(line -> line.get("type").asText() + line.get("epoch"))
        .containsExactly("step1", "step1", "step1", "epoch1", "step2", "step2", "step2", "epoch2");
    assertThat(lines()).allMatch(line -> line.get("time").asDouble() == 1234.567);
    assertThat(Files.readString(file)).endsWith("}\n").doesNotContain("\r");
  }

  @Test
  void writesOnAnInterruptedThread() throws IOException {
    Thread.currentThread().interrupt();
    try {
      record();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(lines()).hasSize(8);
  }

  @Test
  void stepsHaveTheNumbersOfTheirReports() throws IOException {
    StepReport report = record().steps.get(4);
    JsonNode line = lines().get(5);

    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "type",
            "time",
            "epoch",
            "step",
            "loss",
            "loss_after",
            "metric",
            "gradient_norm",
            "damping",
            "gain_ratio",
            "curvature_samples",
            "cg_limit",
            "cg_iterations",
            "reason",
            "residual",
            "slope",
            "step_size",
            "momentum",
            "learning_rate",
            "backtracks",
            "accepted",
            "evaluations",
            "gradients",
            "products",
            "seconds");
    assertThat(line.get("step").longValue()).isEqualTo(5);
    assertThat(line.get("loss").doubleValue()).isEqualTo(report.lossBefore());
    assertThat(line.get("loss_after").doubleValue()).isEqualTo(report.lossAfter());
    assertThat(line.get("gradient_norm").doubleValue()).isEqualTo(report.gradientNorm());
    assertThat(line.get("damping").doubleValue()).isEqualTo(report.dampingUsed());
    assertThat(line.get("gain_ratio").doubleValue()).isEqualTo(report.gainRatio());
    assertThat(line.get("cg_iterations").intValue()).isEqualTo(report.cgIterations()).isPositive();
    assertThat(line.get("reason").textValue())
        .isEqualTo(report.reason().name().toLowerCase(Locale.ROOT));
    assertThat(line.get("step_size").doubleValue()).isEqualTo(report.stepSize());
    assertThat(line.get("learning_rate").isNull()).isTrue();
    assertThat(line.get("accepted").booleanValue()).isTrue();
    assertThat(line.get("products").intValue()).isEqualTo(report.products());
    assertThat(line.get("seconds").doubleValue()).isEqualTo(report.seconds().total());
  }

  @Test
  void epochsHaveTheNumbersOfTheirReports() throws IOException {
    EpochReport report = record().epochs.get(1);
    JsonNode line = lines().get(7);

    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly(
            "type",
            "time",
            "epoch",
            "steps",
            "train_loss",
            "train_metric",
            "test_loss",
            "test_metric",
            "averaged",
            "training_seconds",
            "complete");
    assertThat(line.get("steps").intValue()).isEqualTo(3);
    assertThat(line.get("train_loss").doubleValue()).isEqualTo(report.avgLoss());
    assertThat(line.get("test_loss").doubleValue()).isEqualTo(report.evaluation().loss());
    assertThat(line.get("test_metric").isNull()).isTrue();
    assertThat(line.get("training_seconds").doubleValue()).isEqualTo(report.trainingSeconds());
    assertThat(line.get("complete").booleanValue()).isTrue();
  }

  @Test
  void firstOrderMethodsHaveNoSolve() throws IOException {
    try (JsonLinesListener listener = new JsonLinesListener(file)) {
      Runs.sgd(listener);
    }

    JsonNode line = lines().get(0);
    assertThat(line.get("reason").isNull()).isTrue();
    assertThat(line.get("damping").isNull()).isTrue();
    assertThat(line.get("learning_rate").doubleValue()).isEqualTo(0.1);
  }

  @Test
  void eachLineIsThereAtOnce() {
    try (JsonLinesListener listener = new JsonLinesListener(file)) {
      List<Integer> seen = new ArrayList<>();
      Runs.sgn(
          listener,
          new io.github.sgn4j.training.TrainingListener() {
            @Override
            public void onStep(StepReport report, int epoch) {
              try {
                seen.add(lines().size());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
      assertThat(seen).containsExactly(1, 2, 3, 5, 6, 7);
    }
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    record();
    record();

    assertThat(lines()).hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"type\":\"step\",\"time\":12.", "{\"type\":\"epoch\"}"})
  void aLineThatACrashCutOffIsRemoved(String rest) throws IOException {
    record();
    String whole = Files.readString(file);
    Files.writeString(file, rest, StandardOpenOption.APPEND);

    new JsonLinesListener(file).close();
    assertThat(file).hasContent(whole);

    Files.writeString(file, rest);
    record();
    assertThat(lines()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes", "{}\nnotes", "\0"})
  void aFileOfSomethingElseIsLeftAlone(String content) throws IOException {
    Path notes = Files.writeString(folder.resolve("notes"), content);

    assertThatThrownBy(() -> new JsonLinesListener(notes))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(notes.toString())
        .hasMessageContaining("another file");
    assertThat(notes).hasContent(content);
  }

  @Test
  void aLongFileOfSomethingElseIsLeftAlone() throws IOException {
    String content = "{".repeat(20_000);
    Path notes = Files.writeString(folder.resolve("notes"), content);

    assertThatThrownBy(() -> new JsonLinesListener(notes)).isInstanceOf(UncheckedIOException.class);
    assertThat(notes).hasContent(content);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    assertThatThrownBy(() -> new JsonLinesListener(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.toString());

    JsonLinesListener closed = new JsonLinesListener(file);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> Runs.sgn(closed))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }
}
