package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.CifarData;
import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.ImageData;
import io.github.sgn4j.examples.data.MnistData;
import io.github.sgn4j.examples.model.ImageShape;
import org.nd4j.linalg.api.buffer.DataType;

/** The choices of {@code convnet --dataset}, each with the network that it is trained by. */
enum ImageDataSet {
  MNIST("lenet5"),
  FASHION("fashion"),
  CIFAR10("cifar10");

  /** Number of classes in each of them. */
  static final int CLASSES = 10;

  private final String architecture;

  ImageDataSet(String architecture) {
    this.architecture = architecture;
  }

  /** Shape of an image. */
  ImageShape shape() {
    return this == CIFAR10 ? new ImageShape(32, 32, 3) : new ImageShape(28, 28, 1);
  }

  /** Name of the bundled architecture where nobody asks for another. */
  String architecture() {
    return architecture;
  }

  /** Reads the data. */
  ImageData load(DataFolder folder, DataType type) {
    return switch (this) {
      case MNIST -> MnistData.MNIST.images(folder, type);
      case FASHION -> MnistData.FASHION.images(folder, type);
      case CIFAR10 -> CifarData.read(folder, type);
    };
  }
}
