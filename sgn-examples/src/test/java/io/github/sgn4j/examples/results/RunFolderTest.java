package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void beginningAnewRemovesCheckpoints() throws IOException {
    for (String name : List.of("results.json", "checkpoint.sgn4j", "checkpoint-before.sgn4j")) {
      Files.writeString(parent.resolve(name), "old");
    }

    RunFolder.at(parent, true).create();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void goesOnOnlyWithARun() throws IOException {
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> RunFolder.existing(parent.resolve("a")))
        .withMessage(
            parent.resolve("a")
                + " holds no run that could go on.\nLeave --resume out to begin one.");

    Files.writeString(parent.resolve("config.json"), "{}");
    assertThat(RunFolder.existing(parent).path()).isEqualTo(parent);
  }

  @Test
  void namesTheOptionsThatDiffer() {
    RunFolder folder = RunFolder.at(parent.resolve("a"), false);
    folder.create();
    Map<String, Object> there = new LinkedHashMap<>();
    there.put("seed", 1L);
    there.put("layers", List.of(3, 4));
    there.put("rho", 1e-3);
    there.put("memory", null);
    there.put("threads", 2);
    there.put("old", "x");
    folder.writeConfig(there);
    assertThat(folder.differences(there, Set.of())).isEmpty();

    Map<String, Object> here = new LinkedHashMap<>(there);
    here.put("seed", 2L);
    here.put("layers", List.of(3));
    here.put("threads", 1);
    here.put("memory", 7);
    here.remove("old");

    assertThat(folder.differences(here, Set.of("threads")))
        .containsExactly(
            "seed 1 there, 2 here",
            "layers [3,4] there, [3] here",
            "memory none there, 7 here",
            "old \"x\" there, none here");
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
