package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path folder;

  private final Map<String, String> everything =
      Map.of("SGN_DATA", "/data", "XDG_CACHE_HOME", "/xdg", "HOME", "/home/ada");

  @Test
  void theUsersChoiceComesFirst() {
    assertThat(DataFolder.find(folder, everything).of("mnist")).isEqualTo(folder.resolve("mnist"));
  }

  @Test
  void thenTheEnvironmentVariable() {
    DataFolder found = DataFolder.find(null, everything);

    assertThat(found.of("mnist")).isEqualTo(Path.of("/data/mnist"));
    assertThat(found.origin()).isEqualTo("$SGN_DATA");
  }

  @Test
  void thenTheCacheFolder() {
    assertThat(
            DataFolder.find(null, Map.of("XDG_CACHE_HOME", "/xdg", "HOME", "/home/ada"))
                .of("mnist"))
        .isEqualTo(Path.of("/xdg/sgn4j/mnist"));
    assertThat(DataFolder.find(null, Map.of("HOME", "/home/ada")).of("mnist"))
        .isEqualTo(Path.of("/home/ada/.cache/sgn4j/mnist"));
    // A relative XDG_CACHE_HOME is to be ignored, says its specification; so is an empty SGN_DATA.
    assertThat(
            DataFolder.find(
                    null, Map.of("XDG_CACHE_HOME", "xdg", "SGN_DATA", " ", "HOME", "/home/ada"))
                .of("mnist"))
        .isEqualTo(Path.of("/home/ada/.cache/sgn4j/mnist"));
  }

  @Test
  void refusesAChoiceThatIsNoFolder() throws IOException {
    Path absent = folder.resolve("absent");
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> DataFolder.find(absent, Map.of()))
        .withMessage("--data-dir " + absent + ": no such folder.");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> DataFolder.find(file, Map.of()))
        .withMessage("--data-dir " + file + ": not a folder.");
  }
}
