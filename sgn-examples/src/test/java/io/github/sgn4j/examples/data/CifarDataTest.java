package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class CifarDataTest {

  private static final int COUNT = 4;

  @TempDir Path folder;

  private ImageData read() {
    return CifarData.read(DataFolder.find(folder, Map.of()), DataType.FLOAT);
  }

  private void assertRefused(String file, String... parts) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(this::read)
        .withMessageContaining(file)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts))
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isBetween(2L, 3L));
  }

  private void assertHoldsEverything(ImageData data) {
    assertThat(data.classes()).isEqualTo(10);
    assertThat(data.trainSize()).isEqualTo(5 * COUNT);
    assertThat(data.testSize()).isEqualTo(COUNT);
    for (int i = 0; i < 5 * COUNT; i++) {
      assertImage(data.train(), i, i / COUNT, i % COUNT);
    }
    for (int i = 0; i < COUNT; i++) {
      assertImage(data.test(), i, 5, i);
    }
  }

  private static void assertImage(ImageSet set, int image, int file, int record) {
    assertThat(set.classOf(image)).isEqualTo((record + file) % 10);
    double[] values = new double[3072];
    set.write(image, values, 0);
    for (int channel = 0; channel < 3; channel++) {
      double[] plane = new double[1024];
      for (int p = 0; p < 1024; p++) {
        plane[p] = CifarFiles.pixel(file, record, 1024 * channel + p);
      }
      double mean = Arrays.stream(plane).average().orElseThrow();
      double deviation =
          Math.sqrt(Arrays.stream(plane).map(v -> (v - mean) * (v - mean)).sum() / 1024);
      for (int p = 0; p < 1024; p++) {
        assertThat(values[3 * p + channel]).isCloseTo((plane[p] - mean) / deviation, within(1e-12));
      }
    }
  }

  @Test
  void readsTheUnpackedFiles() {
    CifarFiles.write(folder, COUNT);

    assertHoldsEverything(read());
  }

  @Test
  void readsTheArchiveInAnyOrder() {
    Map<String, byte[]> files = CifarFiles.good(COUNT);
    byte[] test = files.remove("test_batch.bin");
    byte[] second = files.remove("data_batch_2.bin");
    files.put("test_batch.bin", test);
    files.put("data_batch_2.bin", second);
    CifarFiles.putArchive(folder, CifarFiles.archive(files));

    assertHoldsEverything(read());
    assertThat(folder.resolve("cifar10")).isDirectoryNotContaining(Files::isDirectory);
  }

  @Test
  void refusesMissingData() throws IOException {
    assertRefused("CIFAR-10 is not there", "cifar-10-batches-bin", ".tar.gz", "--data-dir");

    CifarFiles.write(folder, COUNT);
    Files.delete(folder.resolve("cifar10/cifar-10-batches-bin/data_batch_3.bin"));
    assertRefused("data_batch_3.bin", "missing");
  }

  @Test
  void refusesFilesCutShort() {
    CifarFiles.write(folder, COUNT);
    byte[] bytes = CifarFiles.records(1, COUNT);

    CifarFiles.put(folder, "data_batch_2.bin", Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("data_batch_2.bin", "12291 bytes", "3073");

    CifarFiles.put(folder, "data_batch_2.bin", Arrays.copyOf(bytes, 2 * CifarFiles.RECORD));
    assertRefused("data_batch_2.bin", "2 images", "holds 4");

    CifarFiles.put(folder, "data_batch_1.bin", new byte[0]);
    assertRefused("data_batch_1.bin", "0 bytes");
  }

  @Test
  void refusesFilesTooLong() {
    CifarFiles.write(folder, COUNT);
    byte[] bytes = CifarFiles.records(5, COUNT);

    CifarFiles.put(folder, "test_batch.bin", Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused("test_batch.bin", "12293 bytes");

    CifarFiles.put(folder, "data_batch_1.bin", new byte[10_001 * CifarFiles.RECORD]);
    assertRefused("data_batch_1.bin", "10001 images");
  }

  @Test
  void refusesClassesOutOfRange() {
    CifarFiles.write(folder, COUNT);
    byte[] bytes = CifarFiles.records(3, COUNT);
    bytes[2 * CifarFiles.RECORD] = 10;
    CifarFiles.put(folder, "data_batch_4.bin", bytes);

    assertRefused("data_batch_4.bin", "image 3 is 10");
  }

  @Test
  void refusesDamagedArchives() {
    byte[] good = CifarFiles.archive(CifarFiles.good(COUNT));

    CifarFiles.putArchive(folder, Arrays.copyOf(good, good.length / 2));
    assertRefused("cifar-10-binary.tar.gz", "Fetch it again");

    CifarFiles.putArchive(folder, Arrays.copyOf(good, good.length - 4));
    assertRefused("cifar-10-binary.tar.gz", "cut short");

    CifarFiles.putArchive(folder, Arrays.copyOf(good, good.length + 100));
    assertRefused("cifar-10-binary.tar.gz", "damaged gzip", "follows");

    byte[] checksum = good.clone();
    checksum[good.length - 8] ^= 1;
    CifarFiles.putArchive(folder, checksum);
    assertRefused("cifar-10-binary.tar.gz", "damaged gzip");

    CifarFiles.putArchive(folder, "<html>not found</html>".getBytes(StandardCharsets.UTF_8));
    assertRefused("cifar-10-binary.tar.gz", "damaged gzip");

    CifarFiles.putArchive(folder, MnistFiles.gzip(new byte[] {1, 2, 3}));
    assertRefused("cifar-10-binary.tar.gz", "holds no data_batch_1.bin");

    CifarFiles.putArchive(folder, new byte[0]);
    assertRefused("cifar-10-binary.tar.gz", "cut short");
  }

  @Test
  void refusesArchivesWithTheWrongContent() {
    Map<String, byte[]> files = CifarFiles.good(COUNT);
    files.remove("data_batch_5.bin");
    CifarFiles.putArchive(folder, CifarFiles.archive(files));
    assertRefused("cifar-10-binary.tar.gz", "no data_batch_5.bin");

    files.put("data_batch_5.bin", CifarFiles.records(4, COUNT - 1));
    CifarFiles.putArchive(folder, CifarFiles.archive(files));
    assertRefused("data_batch_5.bin in", "3 images");

    files.put("data_batch_5.bin", CifarFiles.records(4, COUNT));
    files.put("other/data_batch_5.bin", CifarFiles.records(4, COUNT));
    CifarFiles.putArchive(folder, CifarFiles.archive(files));
    assertRefused("data_batch_5.bin in", "twice");
  }

  @Test
  void namesThatLeadElsewhereAreNotFollowed() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Map<String, byte[]> files = CifarFiles.good(COUNT);
    CifarFiles.putArchive(
        inside,
        CifarFiles.archive(
            tar -> {
              for (String name : new String[] {"../../escaped.bin", "/tmp/../escaped.bin"}) {
                CifarFiles.entry(tar, new TarArchiveEntry(name, true), new byte[] {1});
              }
              for (Map.Entry<String, byte[]> file : files.entrySet()) {
                String name = "../../../" + file.getKey();
                CifarFiles.entry(tar, new TarArchiveEntry(name), file.getValue());
              }
            }));

    assertHoldsEverything(CifarData.read(DataFolder.find(inside, Map.of()), DataType.FLOAT));

    assertThat(filesIn(folder)).containsExactly("inside/cifar10/cifar-10-binary.tar.gz");
  }

  @Test
  void linksInArchivesAreNoFiles() throws IOException {
    Path secret = CifarFiles.put(folder, "data_batch_1.bin", CifarFiles.records(0, COUNT));
    Files.move(secret, folder.resolve("secret.bin"));
    Files.delete(secret.getParent());
    for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
      Map<String, byte[]> files = CifarFiles.good(COUNT);
      CifarFiles.putArchive(
          folder,
          CifarFiles.archive(
              tar -> {
                TarArchiveEntry link = new TarArchiveEntry("data_batch_1.bin", kind);
                link.setLinkName(folder.resolve("secret.bin").toString());
                CifarFiles.entry(tar, link, new byte[0]);
                files.remove("data_batch_1.bin");
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                  CifarFiles.entry(tar, new TarArchiveEntry(file.getKey()), file.getValue());
                }
              }));

      assertRefused("cifar-10-binary.tar.gz", "no data_batch_1.bin");
    }
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
