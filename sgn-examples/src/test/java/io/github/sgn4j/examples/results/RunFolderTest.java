package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path parent;

  @Test
  void existsOnlyOnceItIsCreated() {
    Path path = parent.resolve("a").resolve("b");

    RunFolder folder = RunFolder.at(path, false);
    assertThat(parent.resolve("a")).doesNotExist();

    folder.create();
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void isRemovedWithTheParentsThatItMade() {
    RunFolder folder = RunFolder.at(parent.resolve("a").resolve("b"), false);
    folder.create();
    folder.writeConfig(Map.of("seed", 1));

    folder.discard();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void keepsWhatIsNotItsOwn() throws IOException {
    Path existing = Files.createDirectory(parent.resolve("a"));
    Files.writeString(existing.resolve("mine"), "x");
    RunFolder folder = RunFolder.at(existing.resolve("b"), false);
    folder.create();
    Files.writeString(folder.path().resolve("theirs"), "y");

    folder.discard();

    assertThat(folder.path().resolve("theirs")).exists();
    assertThat(existing.resolve("mine")).exists();
  }

  @Test
  void holdsWholeFilesAndNothingElse() throws IOException {
    RunFolder folder = RunFolder.at(parent.resolve("a"), false);
    folder.create();
    for (int i = 0; i < 3; i++) {
      folder.writeConfig(Map.of("try", i));
    }

    assertThat(folder.path().resolve("config.json")).hasContent("{\n  \"try\" : 2\n}");
    try (Stream<Path> files = Files.list(folder.path())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void refusesAnEarlierRunUnlessForced() throws IOException {
    Files.writeString(parent.resolve("results.json"), "old");

    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> RunFolder.at(parent, false))
        .withMessageContaining("--force");

    RunFolder folder = RunFolder.at(parent, true);
    assertThat(parent.resolve("results.json")).hasContent("old");
    folder.create();
    assertThat(parent.resolve("results.json")).doesNotExist();
  }

  @Test
  void refusesPlacesBelowAFile() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    for (Path path : List.of(file, file.resolve("a").resolve("b"))) {
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(() -> RunFolder.at(path, true))
          .withMessageContaining(file + " is not a folder");
    }
  }

  @Test
  void saysWhyItCannotBeMade() throws IOException {
    RunFolder folder = RunFolder.at(parent.resolve("a").resolve("b"), false);
    // Comes into the way after the check.
    Files.createFile(parent.resolve("a"));

    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(folder::create)
        .withMessageContaining("Cannot write to " + folder.path());
    assertThat(parent.resolve("a")).isRegularFile();
  }
}
