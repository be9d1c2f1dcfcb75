package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  /** Below 1, however far below. */
  private static final String LOSS = "(0\\.\\d+|\\d\\.\\d+e-\\d+)";

  @TempDir Path folder;

  @Test
  void comparesTheSolversAndReplacesItsOwnFigureAlone() throws IOException {
    Files.writeString(folder.resolve("demo.png"), "from an earlier run");
    Files.writeString(folder.resolve("mine.txt"), "mine");

    Outcome outcome = CommandLineRunner.run("demo", "--out", folder.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsPattern("(?m)^solver +train loss +test loss +epochs +seconds$")
        .containsPattern("(?m)^SGN +" + LOSS + " +" + LOSS + " +\\d+ +\\d+\\.\\d+$")
        .containsPattern("(?m)^SGD, lr 0\\.01 +" + LOSS + " +" + LOSS + " +\\d+ +\\d+\\.\\d+$")
        .containsPattern("(?m)^SGD, lr 0\\.1 ")
        .containsPattern("(?m)^SGD, lr 1 +diverged ")
        .contains(folder.resolve("demo.png").toString());
    assertThat(ImageIO.read(folder.resolve("demo.png").toFile()).getWidth()).isEqualTo(900);
    assertThat(folder.resolve("mine.txt")).hasContent("mine");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }
}
