package io.github.sgn4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.training.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

  @TempDir Path parent;

  private Path path() {
    return parent.resolve("run");
  }

  private CheckpointFolder folder() {
    return new CheckpointFolder(path());
  }

  private Path newest() {
    return path().resolve(CheckpointFolder.NEWEST);
  }

  private Path before() {
    return path().resolve(CheckpointFolder.BEFORE);
  }

  private static Checkpoint after(long steps) {
    return Samples.checkpoint(Precision.FLOAT, steps);
  }

  private static long steps(Path file) throws IOException {
    return CheckpointFile.read(file).position().steps();
  }

  private static void damage(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  @Test
  void keepsTheLastTwo() throws IOException {
    CheckpointFolder folder = folder();
    assertThat(folder.holdsAny()).isFalse();
    for (int steps = 5; steps < 9; steps++) {
      folder.save(after(steps));
      assertThat(folder.holdsAny()).isTrue();
    }

    assertThat(steps(newest())).isEqualTo(8);
    assertThat(steps(before())).isEqualTo(7);
    try (Stream<Path> files = Files.list(path())) {
      assertThat(files).containsExactlyInAnyOrder(newest(), before());
    }
    CheckpointFolder.Found found = folder().read();
    assertThat(found.checkpoint().position().steps()).isEqualTo(8);
    assertThat(found.file()).isEqualTo(newest());
    assertThat(found.refused()).isNull();
  }

  @Test
  void fallsBackToTheOneBeforeAndSaysWhy() throws IOException {
    CheckpointFolder folder = folder();
    folder.save(after(5));
    folder.save(after(6));
    damage(newest());

    CheckpointFolder.Found found = folder().read();

    assertThat(found.checkpoint().position().steps()).isEqualTo(5);
    assertThat(found.file()).isEqualTo(before());
    assertThat(found.refused()).hasMessage(newest() + " is damaged: its checksum is another one");
  }

  /** As after a crash between the two moves. */
  @Test
  void takesTheOneBeforeWhereTheNewestIsMissing() throws IOException {
    CheckpointFolder folder = folder();
    folder.save(after(5));
    folder.save(after(6));
    Files.delete(newest());

    assertThat(folder().holdsAny()).isTrue();
    CheckpointFolder.Found found = folder().read();
    assertThat(found.checkpoint().position().steps()).isEqualTo(5);
    assertThat(found.refused()).hasMessageContaining("is missing");

    folder().save(after(7));
    assertThat(steps(newest())).isEqualTo(7);
    assertThat(steps(before())).isEqualTo(5);
  }

  @Test
  void aDamagedFileNeverTakesTheGoodOnesPlace() throws IOException {
    CheckpointFolder folder = folder();
    folder.save(after(5));
    folder.save(after(6));
    damage(newest());

    folder().save(after(7));

    assertThat(steps(newest())).isEqualTo(7);
    assertThat(steps(before())).isEqualTo(5);
  }

  @Test
  void namesBothFilesWhereBothAreBad() throws IOException {
    CheckpointFolder folder = folder();
    folder.save(after(5));
    folder.save(after(6));
    damage(newest());
    Files.write(before(), new byte[] {1, 2, 3});

    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> folder().read())
        .withMessage(
            path()
                + " holds no good checkpoint: checkpoint.sgn4j is damaged: its checksum is another"
                + " one; checkpoint-before.sgn4j is not a checkpoint of SGN4J");
  }

  @Test
  void saysThatThereIsNone() {
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> folder().read())
        .withMessage(path() + " holds no checkpoint");
  }

  @Test
  void savesAfterSomebodyTookTheNewestAway() throws IOException {
    CheckpointFolder folder = folder();
    folder.save(after(5));
    folder.save(after(6));
    Files.delete(newest());

    folder.save(after(7));

    assertThat(steps(newest())).isEqualTo(7);
    assertThat(steps(before())).isEqualTo(5);
  }

  @Test
  void savesOnAnInterruptedThread() throws IOException {
    folder().save(after(5));
    Thread.currentThread().interrupt();
    boolean still;
    try {
      folder().save(after(6));
    } finally {
      still = Thread.interrupted();
    }

    assertThat(still).isTrue();
    assertThat(steps(newest())).isEqualTo(6);
    // It was read, too, to see whether it is good.
    assertThat(steps(before())).isEqualTo(5);
  }

  @Test
  void whatCannotBeWrittenLeavesWhatIsThere() throws IOException {
    CheckpointFolder folder = folder();
    folder.save(after(5));
    folder.save(after(6));
    // In the place of the file that is written first.
    Path temporary = Files.createDirectory(DurableFile.temporary(newest()));
    Files.createFile(temporary.resolve("x"));

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> folder.save(after(7)));

    assertThat(steps(newest())).isEqualTo(6);
    assertThat(steps(before())).isEqualTo(5);
  }

  @Test
  void clearsWhatItMade() throws IOException {
    CheckpointFolder folder = folder();
    folder.save(after(5));
    folder.save(after(6));
    Files.createFile(path().resolve("results.json"));

    folder.clear();

    try (Stream<Path> files = Files.list(path())) {
      assertThat(files).containsExactly(path().resolve("results.json"));
    }
    folder.save(after(7));
    assertThat(before()).doesNotExist();
  }
}
