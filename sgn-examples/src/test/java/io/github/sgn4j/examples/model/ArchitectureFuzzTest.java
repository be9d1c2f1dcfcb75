package io.github.sgn4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.data.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged architectures are read or refused; nothing else happens. */
class ArchitectureFuzzTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fashion", "cifar10", "lenet5"})
  void everyMutationIsReadOrRefused(String name) throws IOException {
    byte[] good;
    try (InputStream in = ConvArchitecture.class.getResourceAsStream(name + ".json")) {
      good = in.readAllBytes();
    }
    new Mutations(
            1,
            good.length,
            "\"",
            "{",
            "}",
            "[",
            ",",
            ":",
            "null",
            "-1",
            "0",
            "2147483647",
            "1e999999999",
            "9".repeat(2000),
            "NaN",
            "layer0",
            "\\u0000",
            "\"type\": ",
            "[".repeat(3000),
            "{\"a\":".repeat(3000),
            "\uFEFF",
            "é")
        .check(good, folder.resolve("net.json"), 1000, this::reads);
  }

  private boolean reads(Path file) {
    try {
      ConvArchitecture architecture = ConvArchitecture.read(file);
      // What is read may still not fit the images, which is told in the same way.
      assertThat(architecture.shapes(new ImageShape(28, 28, 1))).isNotEmpty();
      assertThat(architecture.toMap()).isNotEmpty();
      return true;
    } catch (ArchitectureException e) {
      assertThat(e.getMessage().lines().count()).as(e.getMessage()).isBetween(1L, 3L);
      assertThat(e.getMessage()).doesNotContain("Exception");
      return false;
    }
  }
}
