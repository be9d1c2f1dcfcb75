package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossFigureTest {

  // The first colours of the curves.
  private static final int VERMILION = 0xffD55E00;
  private static final int BLUE = 0xff0072B2;

  @TempDir Path folder;

  private static LossFigure figure() {
    return new LossFigure("Title", "loss");
  }

  private static long pixels(BufferedImage image, int colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == colour)
        .count();
  }

  @Test
  void drawsACurveForEachRun() throws IOException {
    Path file = folder.resolve("figure.png");

    figure()
        .curve("a", List.of(0.1, 1.0, 10.0), List.of(5.0, 0.5, 0.05))
        .curve("b", List.of(0.1, 1.0, 10.0), List.of(5.0, 3.0, 2.0))
        .writePng(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(600);
    assertThat(pixels(image, VERMILION)).isGreaterThan(300);
    assertThat(pixels(image, BLUE)).isGreaterThan(300);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void leavesOutWhatALogarithmicAxisCannotShow() throws IOException {
    Path file = folder.resolve("figure.png");

    figure()
        .curve("empty", List.of(), List.of())
        .curve(
            "b",
            List.of(0.0, 0.1, 1.0, 2.0, 10.0),
            List.of(1.0, 5.0, Double.NaN, Double.POSITIVE_INFINITY, 2.0))
        .curve("zero", List.of(0.1, 1.0), List.of(0.0, -1.0))
        .writePng(file);

    assertThat(pixels(ImageIO.read(file.toFile()), BLUE)).isGreaterThan(300);
  }

  @Test
  void aDivergingCurveDoesNotSqueezeTheOthers() throws IOException {
    Path alone = folder.resolve("alone.png");
    Path beside = folder.resolve("beside.png");
    List<Double> seconds = List.of(0.1, 1.0, 10.0);
    List<Double> losses = List.of(5.0, 0.5, 0.05);
    figure().curve("a", seconds, losses).writePng(alone);

    figure()
        .curve("a", seconds, losses)
        .curve("b", seconds, List.of(100.0, 1e15, 1e30))
        .writePng(beside);

    // The legend takes the same few pixels in both.
    assertThat(pixels(ImageIO.read(beside.toFile()), VERMILION))
        .isGreaterThan(pixels(ImageIO.read(alone.toFile()), VERMILION) * 3 / 4);
  }

  @Test
  void saysWhatCannotBeWritten() {
    LossFigure figure = figure().curve("a", List.of(1.0, 2.0), List.of(1.0, 2.0));

    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> figure.writePng(folder.resolve("none").resolve("figure.png")))
        .withMessageContaining("no such file or folder");
  }
}
