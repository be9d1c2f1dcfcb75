package io.github.sgn4j.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small MNIST folders for tests. */
public final class MnistFiles {

  public static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  public static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  public static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  public static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private MnistFiles() {}

  /** A good set of that many train and test images, in folder/mnist. */
  public static void write(Path folder, int train, int test) {
    write(folder, "mnist", train, test);
  }

  /** A good set in another folder within that one. */
  public static void write(Path folder, String set, int train, int test) {
    put(folder, set, TRAIN_IMAGES, images(train, 28, 28));
    put(folder, set, TRAIN_LABELS, labels(train));
    put(folder, set, TEST_IMAGES, images(test, 28, 28));
    put(folder, set, TEST_LABELS, labels(test));
  }

  public static Path put(Path folder, String name, byte[] bytes) {
    return put(folder, "mnist", name, bytes);
  }

  private static Path put(Path folder, String set, String name, byte[] bytes) {
    try {
      Path file = folder.resolve(set).resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pixel p of image i is (7 i + p) mod 256. */
  public static byte[] images(int count, int rows, int columns) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + count * rows * columns);
    buffer.putInt(0x803).putInt(count).putInt(rows).putInt(columns);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < rows * columns; p++) {
        buffer.put((byte) (7 * i + p));
      }
    }
    return buffer.array();
  }

  /** Label i is i mod 10. */
  public static byte[] labels(int count) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      buffer.put((byte) (i % 10));
    }
    return buffer.array();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
