package io.github.sgn4j.examples.data;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * MNIST from its four IDX files, each plain or gzip: images divided by 255, one row of 784 pixels
 * an image; class numbers 0 to 9.
 *
 * <p>Pixels go from the file straight into native memory (188 MB for the train part in single
 * precision), through a buffer of a few rows.
 */
public final class MnistData {

  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;
  private static final int CLASSES = 10;
  private static final int CHUNK_ROWS = 250;

  /** Four times MNIST; in double precision still within the 2 GiB of one Java buffer. */
  private static final int MOST_IMAGES = 250_000;

  private MnistData() {}

  /**
   * Reads both parts from the folder {@code mnist} of the data folder.
   *
   * @param type FLOAT or DOUBLE
   * @throws DataException if files are missing, damaged or do not belong together
   */
  public static TrainTest read(DataFolder folder, DataType type) {
    FileSet files = FileSet.find(folder);
    return new TrainTest(
        Task.CLASSIFICATION,
        CLASSES,
        part(files.trainImages(), files.trainLabels(), type),
        part(files.testImages(), files.testLabels(), type));
  }

  private static Samples part(Path images, Path labels, DataType type) {
    int[] classes = labels(labels);
    try (IdxFile file = IdxFile.open(images, 3)) {
      if (file.dimension(1) != SIDE || file.dimension(2) != SIDE) {
        throw new DataException(
            String.format(
                "%s holds images of %d x %d pixels; MNIST's are %d x %d.%nPut MNIST's file there.",
                images, file.dimension(1), file.dimension(2), SIDE, SIDE));
      }
      // Labels are read first: their number is then backed by real bytes, so that a damaged header
      // of the images cannot make us allocate the memory of millions.
      if (file.dimension(0) != classes.length) {
        throw new DataException(
            String.format(
                "%s has %d images but %s has %d labels.%nPut two files there that belong together.",
                images, file.dimension(0), labels.getFileName(), classes.length));
      }
      INDArray inputs = pixels(file, classes.length, type);
      file.expectEnd();
      return new Samples(inputs, Nd4j.createFromArray(classes));
    }
  }

  private static int[] labels(Path path) {
    try (IdxFile file = IdxFile.open(path, 1)) {
      if (file.dimension(0) > MOST_IMAGES) {
        throw new DataException(
            String.format(
                "%s announces %d labels; at most %d are read.%nPut MNIST's file there.",
                path, file.dimension(0), MOST_IMAGES));
      }
      byte[] bytes = file.read(file.dimension(0));
      file.expectEnd();
      int[] classes = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        classes[i] = bytes[i] & 0xff;
        if (classes[i] >= CLASSES) {
          throw new DataException(
              String.format(
                  "%s: label %d is %d; MNIST's go from 0 to %d.%nPut an undamaged file there.",
                  path, i + 1, classes[i], CLASSES - 1));
        }
      }
      return classes;
    }
  }

  private static INDArray pixels(IdxFile file, int rows, DataType type) {
    INDArray pixels = Nd4j.createUninitialized(type, rows, PIXELS);
    byte[] bytes = new byte[CHUNK_ROWS * PIXELS];
    double[] grey = greyLevels();
    for (int row = 0; row < rows; row += CHUNK_ROWS) {
      if (rows - row < CHUNK_ROWS) {
        bytes = new byte[(rows - row) * PIXELS];
      }
      file.read(bytes);
      if (type == DataType.DOUBLE) {
        DoubleBuffer target = pixels.data().asNioDouble().position(row * PIXELS);
        for (byte b : bytes) {
          target.put(grey[b & 0xff]);
        }
      } else {
        FloatBuffer target = pixels.data().asNioFloat().position(row * PIXELS);
        for (byte b : bytes) {
          target.put((float) grey[b & 0xff]);
        }
      }
    }
    return pixels;
  }

  private static double[] greyLevels() {
    double[] levels = new double[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = i / 255.0;
    }
    return levels;
  }

  /** The set's files where they lie. */
  private record FileSet(Path trainImages, Path trainLabels, Path testImages, Path testLabels) {

    static FileSet find(DataFolder folder) {
      return new FileSet(
          find(folder, "train-images-idx3-ubyte"),
          find(folder, "train-labels-idx1-ubyte"),
          find(folder, "t10k-images-idx3-ubyte"),
          find(folder, "t10k-labels-idx1-ubyte"));
    }

    private static Path find(DataFolder folder, String name) {
      return folder
          .file("mnist", name)
          .or(() -> folder.file("mnist", name + ".gz"))
          .filter(Files::isRegularFile)
          .orElseThrow(() -> missing(folder, name));
    }

    private static DataException missing(DataFolder folder, String name) {
      return new DataException(
          String.format(
              "MNIST is not there: no %s[.gz] in %s (%s).%n"
                  + "Put MNIST's four IDX files, gzip or not, there: train-images-idx3-ubyte,"
                  + " train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte.%n"
                  + "Or name the folder that holds a folder mnist with them: --data-dir DIR, or the"
                  + " environment variable SGN_DATA.",
              name, folder.of("mnist"), folder.origin()));
    }
  }
}
