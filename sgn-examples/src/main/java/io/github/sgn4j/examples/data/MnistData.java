package io.github.sgn4j.examples.data;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Data sets of 28 x 28 grey images in ten classes, each in four IDX files, plain or gzip, in its
 * folder of the data folder.
 */
public enum MnistData {
  /** Handwritten digits. */
  MNIST("MNIST", "mnist"),
  /** Articles of clothing, made to take MNIST's place. */
  FASHION("Fashion-MNIST", "fashion-mnist");

  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;
  private static final int CLASSES = 10;
  private static final int CHUNK_ROWS = 250;

  /** Four times MNIST; in double precision still within the 2 GiB of one Java buffer. */
  private static final int MOST_IMAGES = 250_000;

  private final String title;
  private final String folderName;

  MnistData(String title, String folderName) {
    this.title = title;
    this.folderName = folderName;
  }

  /**
   * Reads both parts for a network that knows nothing of images: divided by 255, one row of 784
   * pixels an image. Pixels go from the file straight into native memory (188 MB for the train part
   * in single precision), through a buffer of a few rows.
   *
   * @param type FLOAT or DOUBLE
   * @throws DataException if files are missing, damaged or do not belong together
   */
  public TrainTest rows(DataFolder folder, DataType type) {
    FileSet files = find(folder);
    return new TrainTest(
        Task.CLASSIFICATION,
        CLASSES,
        samples(files.trainImages(), files.trainLabels(), type),
        samples(files.testImages(), files.testLabels(), type));
  }

  /**
   * Reads both parts as images of one channel.
   *
   * @param type of their batches, FLOAT or DOUBLE
   * @throws DataException if files are missing, damaged or do not belong together
   */
  public ImageData images(DataFolder folder, DataType type) {
    FileSet files = find(folder);
    return new ImageData(
        CLASSES,
        imageSet(files.trainImages(), files.trainLabels()),
        imageSet(files.testImages(), files.testLabels()),
        type);
  }

  private Samples samples(Path images, Path labels, DataType type) {
    byte[] classes = labels(labels);
    try (IdxFile file = open(images, labels, classes.length)) {
      INDArray inputs = pixels(file, classes.length, type);
      file.expectEnd();
      int[] targets = new int[classes.length];
      Arrays.setAll(targets, i -> classes[i]);
      return new Samples(inputs, Nd4j.createFromArray(targets));
    }
  }

  private ImageSet imageSet(Path images, Path labels) {
    byte[] classes = labels(labels);
    try (IdxFile file = open(images, labels, classes.length)) {
      byte[] pixels = new byte[classes.length * PIXELS];
      file.read(pixels);
      file.expectEnd();
      return new ImageSet(SIDE, SIDE, 1, pixels, classes);
    }
  }

  /** Opens a file of images that must belong to so many labels. */
  private IdxFile open(Path images, Path labels, int labelCount) {
    IdxFile file = IdxFile.open(images, 3);
    try {
      if (file.dimension(1) != SIDE || file.dimension(2) != SIDE) {
        throw new DataException(
            String.format(
                "%s holds images of %d x %d pixels; %s's are %d x %d.%nPut %s's file there.",
                images, file.dimension(1), file.dimension(2), title, SIDE, SIDE, title));
      }
      // Labels are read first: their number is then backed by real bytes, so that a damaged header
      // of the images cannot make us allocate the memory of millions.
      if (file.dimension(0) != labelCount) {
        throw new DataException(
            String.format(
                "%s has %d images but %s has %d labels.%nPut two files there that belong together.",
                images, file.dimension(0), labels.getFileName(), labelCount));
      }
      return file;
    } catch (DataException e) {
      file.close();
      throw e;
    }
  }

  private byte[] labels(Path path) {
    try (IdxFile file = IdxFile.open(path, 1)) {
      if (file.dimension(0) > MOST_IMAGES) {
        throw new DataException(
            String.format(
                "%s announces %d labels; at most %d are read.%nPut %s's file there.",
                path, file.dimension(0), MOST_IMAGES, title));
      }
      byte[] classes = file.read(file.dimension(0));
      file.expectEnd();
      for (int i = 0; i < classes.length; i++) {
        int label = classes[i] & 0xff;
        if (label >= CLASSES) {
          throw new DataException(
              String.format(
                  "%s: label %d is %d; %s's go from 0 to %d.%nPut an undamaged file there.",
                  path, i + 1, label, title, CLASSES - 1));
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

  private FileSet find(DataFolder folder) {
    return new FileSet(
        find(folder, "train-images-idx3-ubyte"),
        find(folder, "train-labels-idx1-ubyte"),
        find(folder, "t10k-images-idx3-ubyte"),
        find(folder, "t10k-labels-idx1-ubyte"));
  }

  private Path find(DataFolder folder, String name) {
    return folder
        .file(folderName, name)
        .or(() -> folder.file(folderName, name + ".gz"))
        .filter(Files::isRegularFile)
        .orElseThrow(() -> missing(folder, name));
  }

  private DataException missing(DataFolder folder, String name) {
    return new DataException(
        String.format(
            "%s is not there: no %s[.gz] in %s (%s).%n"
                + "Fetch it: %s%n"
                + "Or put its four IDX files, gzip or not, there, or name the folder that holds a"
                + " folder %s with them: --data-dir DIR, or the environment variable SGN_DATA.",
            title,
            name,
            folder.of(folderName),
            folder.origin(),
            folder.downloadCommand(folderName),
            folderName));
  }

  /** The set's files where they lie. */
  private record FileSet(Path trainImages, Path trainLabels, Path testImages, Path testLabels) {}
}
