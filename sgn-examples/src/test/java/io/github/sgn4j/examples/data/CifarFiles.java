package io.github.sgn4j.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes small CIFAR-10 folders and archives for tests. */
public final class CifarFiles {

  public static final List<String> NAMES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  static final int RECORD = 3073;

  private CifarFiles() {}

  /** A good set of that many images a file, unpacked, in folder/cifar10. */
  public static void write(Path folder, int count) {
    good(count).forEach((name, bytes) -> put(folder, name, bytes));
  }

  static Map<String, byte[]> good(int count) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      files.put(NAMES.get(i), records(i, count));
    }
    return files;
  }

  static Path put(Path folder, String name, byte[] bytes) {
    return write(folder.resolve("cifar10").resolve("cifar-10-batches-bin").resolve(name), bytes);
  }

  static Path putArchive(Path folder, byte[] bytes) {
    return write(folder.resolve("cifar10").resolve("cifar-10-binary.tar.gz"), bytes);
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pixel p of image i of file f, over all planes, is {@link #pixel}; its class (i + f) mod 10. */
  static byte[] records(int file, int count) {
    byte[] bytes = new byte[count * RECORD];
    for (int i = 0; i < count; i++) {
      bytes[i * RECORD] = (byte) ((i + file) % 10);
      for (int p = 0; p < RECORD - 1; p++) {
        bytes[i * RECORD + 1 + p] = (byte) pixel(file, i, p);
      }
    }
    return bytes;
  }

  static int pixel(int file, int image, int p) {
    return (31 * file + 7 * image + p * p / 5 + 100 * (p / 1024)) % 256;
  }

  /** An archive with a folder like the official one's, as gzip. */
  static byte[] archive(Map<String, byte[]> files) {
    return archive(
        tar -> {
          tar.putArchiveEntry(new TarArchiveEntry("cifar-10-batches-bin/"));
          tar.closeArchiveEntry();
          byte[] readme = "<html>".getBytes(StandardCharsets.UTF_8);
          entry(tar, new TarArchiveEntry("cifar-10-batches-bin/readme.html"), readme);
          for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String name = "cifar-10-batches-bin/" + file.getKey();
            entry(tar, new TarArchiveEntry(name), file.getValue());
          }
        });
  }

  /** Puts entries into an archive. */
  @FunctionalInterface
  interface Entries {
    void put(TarArchiveOutputStream tar) throws IOException;
  }

  /** An archive of these entries, as gzip. */
  static byte[] archive(Entries entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      entries.put(tar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MnistFiles.gzip(out.toByteArray());
  }

  static void entry(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] bytes)
      throws IOException {
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
