package io.github.sgn4j.training.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.EpochReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.tensorflow.framework.Summary;

/**
 * Files are read back by Protocol Buffers' own parser and TensorFlow's own class of summaries,
 * which ND4J has, and by a checksum bit by bit.
 */
class TensorBoardListenerTest {

  /** CRC-32C's polynomial (Castagnoli), bits reversed. */
  private static final int POLYNOMIAL = 0x82f63b78;

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_234_567));

  @TempDir Path folder;

  /** What tensorflow.Event has of its fields. */
  private record Event(double wallTime, long step, String version, Map<String, Float> scalars) {}

  private static int checksum(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static List<byte[]> records(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(checksum(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(checksum(data));
      records.add(data);
    }
    return records;
  }

  private static Event event(byte[] data) throws IOException {
    UnknownFieldSet fields = UnknownFieldSet.parseFrom(data);
    assertThat(fields.asMap().keySet()).isSubsetOf(1, 2, 3, 5);
    Map<String, Float> scalars = new LinkedHashMap<>();
    if (fields.hasField(5)) {
      Summary summary =
          Summary.parseFrom(fields.getField(5).getLengthDelimitedList().get(0).toByteArray());
      for (Summary.Value value : summary.getValueList()) {
        assertThat(value.getValueCase()).isEqualTo(Summary.Value.ValueCase.SIMPLE_VALUE);
        scalars.put(value.getTag(), value.getSimpleValue());
      }
    }
    return new Event(
        Double.longBitsToDouble(fields.getField(1).getFixed64List().get(0)),
        fields.hasField(2) ? fields.getField(2).getVarintList().get(0) : 0,
        fields.hasField(3)
            ? fields.getField(3).getLengthDelimitedList().get(0).toStringUtf8()
            : null,
        scalars);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    for (byte[] data : records(Files.readAllBytes(files().get(0)))) {
      events.add(event(data));
    }
    return events;
  }

  private Runs record() {
    try (TensorBoardListener listener = new TensorBoardListener(folder, CLOCK)) {
      return Runs.sgn(listener);
    }
  }

  @Test
  void beginsWithTheVersionUnderANameThatTensorBoardLooksFor() throws IOException {
    new TensorBoardListener(folder, CLOCK).close();

    assertThat(events()).containsExactly(new Event(1234.567, 0, "brain.Event:2", Map.of()));
    assertThat(files().get(0).getFileName().toString())
        .matches("events\\.out\\.tfevents\\.0000001234\\.[A-Za-z0-9.-]+\\.\\d+\\.0");
  }

  @Test
  void hasTheNumbersOfEachStep() throws IOException {
    StepReport report = record().steps.get(3);
    Event event = events().get(1 + 3 + 1);

    assertThat(event.step()).isEqualTo(4);
    assertThat(event.wallTime()).isEqualTo(1234.567);
    assertThat(event.version()).isNull();
    assertThat(event.scalars())
        .isEqualTo(
            Map.of(
                "step/loss", (float) report.lossBefore(),
                "step/gradient_norm", (float) report.gradientNorm(),
                "step/damping", (float) report.dampingUsed(),
                "step/step_size", (float) report.stepSize(),
                "step/cg_iterations", (float) report.cgIterations(),
                "step/gain_ratio", (float) report.gainRatio()));
    assertThat(report.cgIterations()).isPositive();
  }

  @Test
  void hasTheNumbersOfEachEpochWithoutThoseThatDoNotApply() throws IOException {
    EpochReport report = record().epochs.get(1);
    List<Event> events = events();

    assertThat(events).hasSize(1 + Runs.EPOCHS * (Runs.STEPS_PER_EPOCH + 1));
    Event event = events.get(8);
    assertThat(event.step()).isEqualTo(2);
    assertThat(event.scalars())
        .isEqualTo(
            Map.of(
                "epoch/train_loss", (float) report.avgLoss(),
                "epoch/train_metric", (float) report.metric(),
                "epoch/test_loss", (float) report.evaluation().loss()));
  }

  @Test
  void firstOrderMethodsHaveALearningRate() throws IOException {
    try (TensorBoardListener listener = new TensorBoardListener(folder)) {
      Runs.sgd(listener);
    }

    assertThat(events().get(1).scalars())
        .containsOnlyKeys(
            "step/loss", "step/gradient_norm", "step/learning_rate", "step/step_size");
    assertThat(events().get(1).scalars()).containsEntry("step/learning_rate", 0.1f);
  }

  @Test
  void reachesTheDiskAfterAnEpoch() throws IOException {
    try (TensorBoardListener listener = new TensorBoardListener(folder, CLOCK)) {
      Runs.sgn(listener);

      assertThat(events()).hasSize(9);
    }
  }

  @Test
  void longStepsReachTheDiskOneByOne() throws IOException {
    long[] seconds = {0};
    try (TensorBoardListener listener =
        new TensorBoardListener(folder, () -> Instant.ofEpochSecond(seconds[0]++))) {
      Runs runs = Runs.sgn();
      listener.onStep(runs.steps.get(0), 1);

      assertThat(events()).hasSize(2);
    }
  }

  @Test
  void everyListenerHasAFileOfItsOwn() throws IOException {
    record();
    byte[] first = Files.readAllBytes(files().get(0));
    record();

    assertThat(files()).hasSize(2);
    assertThat(files().get(0)).hasBinaryContent(first);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> new TensorBoardListener(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void whatIsHeardAfterTheEndIsAnErrorThatNamesTheFile() throws IOException {
    TensorBoardListener closed = new TensorBoardListener(folder, CLOCK);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> Runs.sgn(closed))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(files().get(0).toString());
  }
}
