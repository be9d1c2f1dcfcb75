package io.github.sgn4j.plan;

import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.Precision;

/** Makes the strips of a convolution from images, and images from the adjoints of strips. */
interface ConvStrips {

  /** For that precision. */
  static ConvStrips of(Precision precision, ConvGeometry geometry) {
    return precision == Precision.FLOAT
        ? new FloatConvStrips(geometry)
        : new DoubleConvStrips(geometry);
  }

  /**
   * Writes the strips of a chunk of images.
   *
   * @param x all images
   * @param strips written from {@code at} on
   */
  void lower(HostArray x, int chunk, HostArray strips, long at);

  /**
   * Sums what the strips of a chunk of images say about the same number.
   *
   * @param strips read from its start
   * @param x all images
   * @param add whether to add to the images or to overwrite them
   */
  void raise(HostArray strips, int chunk, HostArray x, boolean add);

  /** Makes room for {@link #raise}. */
  void bindAdjoints();

  /** Bytes that it holds. */
  long bytes();
}
