package io.github.sgn4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.training.Checkpoint;
import io.github.sgn4j.training.TrainingPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointFileTest {

  private static final int HEADER = 20;
  private static final int DIGEST = 32;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("one.sgn4j");
  }

  /** Why that content of a file is refused, or null; without a disk, which would take most time. */
  private CheckpointException refusal(byte[] content) throws IOException {
    try (BytesChannel channel = new BytesChannel(content)) {
      CheckpointFile.read(file(), channel);
      return null;
    } catch (CheckpointException e) {
      return e;
    }
  }

  private void assertRefused(byte[] content, String part) throws IOException {
    CheckpointException e = refusal(content);
    assertThat(e).isNotNull().hasMessageStartingWith(file() + " ").hasMessageContaining(part);
    assertThat(e.file()).isEqualTo(file());
    assertThat(e.getMessage()).isEqualTo(file() + " " + e.reason()).hasLineCount(1);
  }

  @ParameterizedTest
  @EnumSource
  void givesBackEveryBit(Precision precision) throws IOException {
    Checkpoint written = Samples.checkpoint(precision, 5);

    CheckpointFile.write(file(), written);
    Checkpoint read = CheckpointFile.read(file());

    // The encoding holds everything: what is read differs nowhere if its encoding does not.
    assertThat(Encoded.of(read)).isEqualTo(Encoded.of(written));
    assertThat(read.optimizer()).isEqualTo("SGN");
    assertThat(read.precision()).isEqualTo(precision);
    assertThat(read.state().theta().toDoubleArray())
        .isEqualTo(written.state().theta().toDoubleArray());
    assertThat(read.state().theta().get(1)).isEqualTo(-0.0);
    assertThat(read.state().memory().get(5)).isEqualTo(written.state().memory().get(5));
    assertThat(read.state().stepCount()).isEqualTo(5);
    assertThat(read.state().dampingMemory()).containsExactly(1e-3, Double.NaN);
    assertThat(read.state().dampingPolicy()).isEqualTo("GradientNormDamping");
    assertThat(read.state().optimizer()).isEqualTo(written.optimizer());
    assertThat(read.state().vectors()).containsOnlyKeys("damping scale", "none");
    assertThat(read.state().counts())
        .containsExactlyInAnyOrderEntriesOf(Map.of("damping scale", Long.MAX_VALUE, "other", -1L));
    assertThat(read.parameters().names()).containsExactly("weights", "Gewicht \u00e4\u4e2d");
    assertThat(read.parameters().get("weights").shape()).containsExactly(2, 3);
    assertThat(read.position()).isEqualTo(written.position());
    assertThat(read.averaging()).isEqualTo(8);
    assertThat(read.averageCount()).isEqualTo(5);
    assertThat(read.average().get(6)).isEqualTo(7);
    assertThat(read.keptEpoch()).isEqualTo(1);
    assertThat(read.kept().get(0)).isEqualTo(written.kept().get(0));
    assertThat(read.attachments().get("recorder")).containsExactly(1, 2, 3);
    assertThat(read.attachments().get("empty")).isEmpty();
  }

  @Test
  void vectorsLongerThanAChunkComeBack() throws IOException {
    FlatVector theta = FlatVector.zeros(Precision.FLOAT, 20_001);
    for (int i = 0; i < theta.length(); i++) {
      theta.set(i, 1.0 / (i + 1));
    }
    Checkpoint written =
        Checkpoint.builder(
                "SGD",
                OptimizerState.of(1, theta),
                ParameterSpace.of(Map.of("w", new long[] {20_001})),
                new TrainingPosition(List.of(), 1, 1, 1, 1, 1, 0))
            .build();

    CheckpointFile.write(file(), written);

    Checkpoint read = CheckpointFile.read(file());
    assertThat(read.state().theta().toDoubleArray()).isEqualTo(theta.toDoubleArray());
    assertThat(read.average()).isNull();
    assertThat(read.kept()).isNull();
    assertThat(read.averaging()).isZero();
  }

  @Test
  void replacesAFileAtOnceAndLeavesNothingBeside() throws IOException {
    CheckpointFile.write(file(), Samples.checkpoint(Precision.FLOAT, 5));
    CheckpointFile.write(file(), Samples.checkpoint(Precision.FLOAT, 6));

    assertThat(CheckpointFile.read(file()).state().stepCount()).isEqualTo(6);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
    Path missing = folder.resolve("no").resolve("one.sgn4j");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> CheckpointFile.write(missing, Samples.checkpoint(Precision.FLOAT, 5)));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoCheckpoint() throws IOException {
    assertRefused(new byte[0], "is empty");
    assertRefused("{\"status\": \"done\"}".getBytes(StandardCharsets.UTF_8), "not a checkpoint");
    assertRefused(new byte[100_000], "not a checkpoint");
    assertRefused(new byte[] {'S', 'G'}, "cut off after 2 bytes");
    Files.writeString(file(), "no checkpoint");
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> CheckpointFile.read(file()))
        .withMessage(file() + " is not a checkpoint of SGN4J");
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> CheckpointFile.read(folder))
        .withMessage(folder + " is not a file");
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> CheckpointFile.read(folder.resolve("none")))
        .withMessage(folder.resolve("none") + " is missing");
  }

  @Test
  void refusesOtherVersions() throws IOException {
    byte[] content = Encoded.of(Samples.checkpoint(Precision.FLOAT, 5));
    ByteBuffer.wrap(content).putInt(8, 2);

    assertRefused(signed(content), "version 2 of the format; this SGN4J reads version 1");
  }

  @Test
  void refusesEveryTruncationAndWhatIsTooLong() throws IOException {
    byte[] content = Encoded.of(Samples.checkpoint(Precision.FLOAT, 5));
    for (int length = 1; length < content.length; length++) {
      assertRefused(Arrays.copyOf(content, length), length < 52 ? "is cut off" : "is damaged");
    }
    assertRefused(Arrays.copyOf(content, content.length + 1), "is damaged");
  }

  @Test
  void refusesEveryFlippedBit() throws IOException {
    byte[] content = Encoded.of(Samples.checkpoint(Precision.FLOAT, 5));
    Random random = new Random(1);
    for (int i = 0; i < content.length; i++) {
      byte[] flipped = content.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      assertThat(refusal(flipped)).as("byte " + i).isNotNull();
    }
  }

  /** Behind a right checksum, too: lengths are believed only as far as the file goes. */
  @Test
  @Timeout(120)
  void survivesLengthsAndNumbersMadeUpOnPurpose() throws IOException {
    byte[] content = Encoded.of(Samples.checkpoint(Precision.DOUBLE, 5));
    int[] extremes = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 1 << 16};
    int refused = 0;
    int tried = 0;
    for (int at = HEADER; at + Integer.BYTES <= content.length - DIGEST; at++) {
      for (int extreme : extremes) {
        byte[] mutated = content.clone();
        ByteBuffer.wrap(mutated).putInt(at, extreme);
        tried++;
        refused += refusal(signed(mutated)) == null ? 0 : 1;
      }
    }
    // Most places hold numbers that may be anything, or names.
    assertThat(tried).isGreaterThan(2000);
    assertThat(refused).isGreaterThan(tried / 6);
  }

  @Test
  @Timeout(120)
  void survivesBodiesOfNoiseAndWrongEnds() throws IOException {
    byte[] content = Encoded.of(Samples.checkpoint(Precision.FLOAT, 5));
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[HEADER + random.nextInt(300) + DIGEST];
      random.nextBytes(noise);
      System.arraycopy(content, 0, noise, 0, HEADER);
      assertThat(refusal(signed(noise))).isNotNull();
    }
    for (int length = HEADER + DIGEST; length < content.length; length += 3) {
      assertThat(refusal(signed(Arrays.copyOf(content, length))))
          .hasMessageContaining("is damaged");
    }
    assertThat(refusal(signed(Arrays.copyOf(content, content.length + 5))))
        .hasMessageContaining("5 bytes follow its content");
  }

  /** That content with the length and the checksum that it should have. */
  private static byte[] signed(byte[] content) {
    ByteBuffer.wrap(content).putLong(12, content.length - HEADER - DIGEST);
    MessageDigest digest = CheckpointFile.sha256();
    digest.update(content, 0, content.length - DIGEST);
    System.arraycopy(digest.digest(), 0, content, content.length - DIGEST, DIGEST);
    return content;
  }
}
