package io.github.sgn4j.examples.data;

import static io.github.sgn4j.examples.data.MnistFiles.TEST_IMAGES;
import static io.github.sgn4j.examples.data.MnistFiles.TEST_LABELS;
import static io.github.sgn4j.examples.data.MnistFiles.TRAIN_IMAGES;
import static io.github.sgn4j.examples.data.MnistFiles.TRAIN_LABELS;
import static io.github.sgn4j.examples.data.MnistFiles.gzip;
import static io.github.sgn4j.examples.data.MnistFiles.images;
import static io.github.sgn4j.examples.data.MnistFiles.labels;
import static io.github.sgn4j.examples.data.MnistFiles.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

class MnistDataTest {

  // More than one chunk of rows, and not a multiple of it.
  private static final int TRAIN = 257;
  private static final int TEST = 12;

  @TempDir Path folder;

  @BeforeEach
  void goodFiles() {
    MnistFiles.write(folder, TRAIN, TEST);
  }

  private TrainTest read(DataType type) {
    return MnistData.MNIST.rows(DataFolder.find(folder, Map.of()), type);
  }

  private void assertRefused(String file, String... parts) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(DataType.FLOAT))
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(3))
        .withMessageContaining(file)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void readsEveryPixelAndLabel(DataType type) {
    TrainTest data = read(type);

    assertThat(data.task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(data.outputs()).isEqualTo(10);
    assertThat(data.features()).isEqualTo(784);
    assertThat(data.train().size()).isEqualTo(TRAIN);
    assertThat(data.test().size()).isEqualTo(TEST);
    assertThat(data.train().inputs().dataType()).isEqualTo(type);
    for (int i = 0; i < TRAIN; i++) {
      assertThat(data.train().targets().getInt(i)).isEqualTo(i % 10);
      double[] expected = new double[784];
      for (int p = 0; p < 784; p++) {
        double grey = ((7 * i + p) % 256) / 255.0;
        expected[p] = type == DataType.FLOAT ? (float) grey : grey;
      }
      assertThat(data.train().inputs().getRow(i).toDoubleVector()).containsExactly(expected);
    }
  }

  @Test
  void readsGzipWhateverTheName() throws IOException {
    double[] plain = read(DataType.FLOAT).train().inputs().getRow(3).toDoubleVector();
    put(folder, TRAIN_IMAGES, gzip(images(TRAIN, 28, 28)));
    Files.delete(folder.resolve("mnist").resolve(TRAIN_LABELS));
    put(folder, TRAIN_LABELS + ".gz", gzip(labels(TRAIN)));
    Files.delete(folder.resolve("mnist").resolve(TEST_LABELS));
    put(folder, TEST_LABELS + ".gz", labels(TEST));

    assertThat(read(DataType.FLOAT).train().inputs().getRow(3).toDoubleVector())
        .containsExactly(plain);
  }

  @Test
  void refusesMissingFile() throws IOException {
    Files.delete(folder.resolve("mnist").resolve(TEST_LABELS));

    assertRefused(TEST_LABELS, folder.toString(), "SGN_DATA", "--data-dir");
  }

  @Test
  void refusesMissingFolder(@TempDir Path empty) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                MnistData.MNIST.rows(
                    DataFolder.find(null, Map.of("SGN_DATA", empty.toString())), DataType.FLOAT))
        .withMessageContaining(empty.resolve("mnist").toString())
        .withMessageContaining("$SGN_DATA");
  }

  @Test
  void refusesWrongMagic() {
    put(folder, TRAIN_IMAGES, labels(TRAIN));

    assertRefused(TRAIN_IMAGES, "0x00000801", "0x00000803");
  }

  @Test
  void refusesOtherValueTypes() {
    byte[] bytes = labels(TEST);
    bytes[2] = 0x0d;
    put(folder, TEST_LABELS, bytes);

    assertRefused(TEST_LABELS, "0x00000d01");
  }

  @Test
  void refusesFilesTooShortForAHeader() {
    put(folder, TEST_IMAGES, new byte[] {0, 0, 8});
    assertRefused(TEST_IMAGES, "cut short");

    put(folder, TEST_IMAGES, Arrays.copyOf(images(1, 28, 28), 11));
    assertRefused(TEST_IMAGES, "cut short");

    put(folder, TEST_IMAGES, new byte[0]);
    assertRefused(TEST_IMAGES, "cut short");
  }

  @Test
  void refusesOtherImageSizes() {
    put(folder, TRAIN_IMAGES, images(TRAIN, 28, 27));

    assertRefused(TRAIN_IMAGES, "28 x 27", "28 x 28");
  }

  @Test
  void refusesImpossibleDimensions() {
    byte[] bytes = images(TRAIN, 28, 28);
    bytes[4] = (byte) 0x80;
    put(folder, TRAIN_IMAGES, bytes);
    assertRefused(TRAIN_IMAGES, "impossible dimensions");

    put(folder, TRAIN_LABELS, labels(0));
    assertRefused(TRAIN_LABELS, "impossible dimensions");
  }

  @Test
  void refusesAbsurdLabelCounts() {
    byte[] bytes = labels(TRAIN);
    bytes[4] = 0x70;
    put(folder, TRAIN_LABELS, bytes);

    assertRefused(TRAIN_LABELS, "1879048449");
  }

  @Test
  void refusesTruncatedPixelsAndLabels() {
    byte[] bytes = images(TRAIN, 28, 28);
    put(folder, TRAIN_IMAGES, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(TRAIN_IMAGES, "cut short");

    put(folder, TRAIN_LABELS, Arrays.copyOf(labels(TRAIN), TRAIN));
    assertRefused(TRAIN_LABELS, "cut short");
  }

  @Test
  void refusesTrailingBytes() {
    byte[] bytes = images(TRAIN, 28, 28);
    put(folder, TRAIN_IMAGES, Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused(TRAIN_IMAGES, "longer than its header");

    put(folder, TRAIN_IMAGES, gzip(Arrays.copyOf(bytes, bytes.length + 1)));
    assertRefused(TRAIN_IMAGES, "longer than its header");

    byte[] labels = labels(TRAIN);
    put(folder, TRAIN_LABELS, Arrays.copyOf(labels, labels.length + 1));
    assertRefused(TRAIN_LABELS, "longer than its header");
  }

  @Test
  void refusesLabelsOutOfRange() {
    byte[] bytes = labels(TEST);
    bytes[8 + 4] = 10;
    put(folder, TEST_LABELS, bytes);

    assertRefused(TEST_LABELS, "label 5 is 10");
  }

  @Test
  void refusesDifferentCounts() {
    put(folder, TRAIN_LABELS, labels(TRAIN - 1));

    assertRefused(TRAIN_IMAGES, "257 images", TRAIN_LABELS, "256 labels");
  }

  @Test
  void refusesBrokenGzip() {
    byte[] good = gzip(images(TRAIN, 28, 28));

    put(folder, TRAIN_IMAGES, Arrays.copyOf(good, good.length / 2));
    assertRefused(TRAIN_IMAGES, "cut short");

    put(folder, TRAIN_IMAGES, Arrays.copyOf(good, good.length - 4));
    assertRefused(TRAIN_IMAGES, "cut short");

    put(folder, TRAIN_IMAGES, Arrays.copyOf(good, 5));
    assertRefused(TRAIN_IMAGES, "cut short");

    byte[] wrongChecksum = good.clone();
    wrongChecksum[good.length - 8] ^= 1;
    put(folder, TRAIN_IMAGES, wrongChecksum);
    assertRefused(TRAIN_IMAGES, "damaged gzip");

    byte[] wrongData = good.clone();
    Arrays.fill(wrongData, 10, 40, (byte) 0xff);
    put(folder, TRAIN_IMAGES, wrongData);
    assertRefused(TRAIN_IMAGES, "damaged gzip");

    put(folder, TRAIN_IMAGES, Arrays.copyOf(good, good.length + 40));
    assertRefused(TRAIN_IMAGES, "damaged gzip", "follows");
  }

  @Test
  void refusesFolderInPlaceOfFile() throws IOException {
    Files.delete(folder.resolve("mnist").resolve(TEST_IMAGES));
    Files.createDirectory(folder.resolve("mnist").resolve(TEST_IMAGES));

    assertRefused(TEST_IMAGES, "MNIST is not there");
  }
}
