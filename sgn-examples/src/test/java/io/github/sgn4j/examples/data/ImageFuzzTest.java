package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Damaged images are read or refused; nothing else happens. */
class ImageFuzzTest {

  private static final int IMAGES = 3;

  @TempDir Path folder;

  private DataFolder data() {
    return DataFolder.find(folder, Map.of());
  }

  /** Whether it is read; if not, the message must be one for the user that names the file. */
  private static boolean reads(String name, Supplier<?> read) {
    try {
      assertThat(read.get()).isNotNull();
      return true;
    } catch (DataException e) {
      assertThat(e.getMessage().lines().count()).as(e.getMessage()).isBetween(1L, 3L);
      assertThat(e.getMessage()).contains(name).doesNotContain("Exception");
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, false",
    "train-images-idx3-ubyte, true",
    "t10k-labels-idx1-ubyte, false",
    "t10k-labels-idx1-ubyte, true"
  })
  void idxFiles(String name, boolean gzip) {
    MnistFiles.write(folder, IMAGES, IMAGES);
    byte[] idx =
        name.contains("images") ? MnistFiles.images(IMAGES, 28, 28) : MnistFiles.labels(IMAGES);
    byte[] good = gzip ? MnistFiles.gzip(idx) : idx;

    new Mutations(1, 16)
        .check(
            good,
            folder.resolve("mnist").resolve(name),
            1000,
            file -> reads("ubyte", () -> MnistData.MNIST.images(data(), DataType.FLOAT)));
  }

  @Test
  void idxFilesReadIntoNativeMemory() {
    MnistFiles.write(folder, IMAGES, IMAGES);

    new Mutations(2, 16)
        .check(
            MnistFiles.images(IMAGES, 28, 28),
            folder.resolve("mnist").resolve(MnistFiles.TRAIN_IMAGES),
            1000,
            file -> reads("ubyte", () -> MnistData.MNIST.rows(data(), DataType.FLOAT)));
  }

  /** Past gzip's own checksum. */
  @Test
  void gzipFilesOfDamagedContent() {
    MnistFiles.write(folder, IMAGES, IMAGES);

    new Mutations(3, 16)
        .check(
            MnistFiles.labels(IMAGES),
            folder.resolve("labels"),
            1000,
            file -> {
              byte[] damaged = Files.readAllBytes(file);
              MnistFiles.put(folder, MnistFiles.TRAIN_LABELS, MnistFiles.gzip(damaged));
              return reads("ubyte", () -> MnistData.MNIST.images(data(), DataType.FLOAT));
            });
  }

  @Test
  void cifarRecords() {
    CifarFiles.write(folder, 1);

    new Mutations(5, 2)
        .check(
            CifarFiles.records(2, 1),
            folder.resolve("cifar10/cifar-10-batches-bin/data_batch_3.bin"),
            2000,
            file -> reads(".bin", () -> CifarData.read(data(), DataType.FLOAT)));
  }

  @Test
  void cifarArchives() throws IOException {
    byte[] good = CifarFiles.archive(CifarFiles.good(1));
    CifarFiles.putArchive(folder, good);

    new Mutations(6, 20)
        .check(
            good,
            folder.resolve("cifar10/cifar-10-binary.tar.gz"),
            1000,
            file -> reads("cifar-10", () -> CifarData.read(data(), DataType.FLOAT)));
  }

  /** Headers of tar, which a checksum of gzip's protects in the test above. */
  @Test
  void cifarArchivesWithDamagedTar() throws IOException {
    byte[] tar =
        new GZIPInputStream(new ByteArrayInputStream(CifarFiles.archive(CifarFiles.good(1))))
            .readAllBytes();

    new Mutations(
            7,
            5 * 512,
            "../../etc/passwd\0",
            "/etc/passwd\0",
            "77777777777\0",
            "00000000000\0",
            "\200\377\377\377\377\377\377\377",
            "2",
            "5",
            "L",
            "x",
            "g",
            "S")
        .check(
            tar,
            folder.resolve("tar"),
            1000,
            file -> {
              CifarFiles.putArchive(folder, MnistFiles.gzip(Files.readAllBytes(file)));
              return reads("cifar-10", () -> CifarData.read(data(), DataType.FLOAT));
            });
  }
}
