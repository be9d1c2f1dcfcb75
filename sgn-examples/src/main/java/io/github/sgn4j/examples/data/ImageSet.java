package io.github.sgn4j.examples.data;

import java.util.stream.IntStream;

/**
 * Images of one shape with their classes, a byte for each number, and standardised only when they
 * are asked for: each channel of each image to mean 0 and (population) deviation 1. A constant
 * channel becomes 0.
 */
public final class ImageSet {

  private final int height;
  private final int width;
  private final int channels;
  private final byte[] pixels;
  private final byte[] classes;
  private final double[] factors;
  private final double[] shifts;

  /**
   * Takes the arrays, which must not change afterwards.
   *
   * @param height rows of an image
   * @param width columns of an image
   * @param channels of an image
   * @param pixels unsigned bytes [N, channels, height, width]
   * @param classes N class numbers
   * @throws IllegalArgumentException if the lengths do not belong together
   */
  ImageSet(int height, int width, int channels, byte[] pixels, byte[] classes) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels;
    this.classes = classes;
    if (classes.length == 0 || (long) classes.length * imageSize() != pixels.length) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not " + classes.length + " images of " + imageSize());
    }
    factors = new double[classes.length * channels];
    shifts = new double[classes.length * channels];
    IntStream.range(0, factors.length).forEach(this::measure);
  }

  /** In whole numbers, and so exact: a constant channel is told from a nearly constant one. */
  private void measure(int plane) {
    int count = height * width;
    int from = plane * count;
    long sum = 0;
    long squares = 0;
    for (int i = from; i < from + count; i++) {
      int value = pixels[i] & 0xff;
      sum += value;
      squares += (long) value * value;
    }
    long spread = count * squares - sum * sum;
    factors[plane] = spread == 0 ? 0 : count / Math.sqrt((double) spread);
    shifts[plane] = -sum * factors[plane] / count;
  }

  /** Number of images. */
  public int size() {
    return classes.length;
  }

  /** Rows of an image. */
  public int height() {
    return height;
  }

  /** Columns of an image. */
  public int width() {
    return width;
  }

  /** Channels of an image. */
  public int channels() {
    return channels;
  }

  /** Numbers in an image. */
  public int imageSize() {
    return height * width * channels;
  }

  /** Class of an image, from 0. */
  public int classOf(int image) {
    return classes[image];
  }

  /** Writes an image [height, width, channels] to an array from {@code position} on. */
  public void write(int image, float[] target, int position) {
    int count = height * width;
    for (int channel = 0; channel < channels; channel++) {
      int plane = image * channels + channel;
      double factor = factors[plane];
      double shift = shifts[plane];
      int to = position + channel;
      for (int i = plane * count; i < (plane + 1) * count; i++) {
        target[to] = (float) ((pixels[i] & 0xff) * factor + shift);
        to += channels;
      }
    }
  }

  /** Writes an image [height, width, channels] to an array from {@code position} on. */
  public void write(int image, double[] target, int position) {
    int count = height * width;
    for (int channel = 0; channel < channels; channel++) {
      int plane = image * channels + channel;
      double factor = factors[plane];
      double shift = shifts[plane];
      int to = position + channel;
      for (int i = plane * count; i < (plane + 1) * count; i++) {
        target[to] = (pixels[i] & 0xff) * factor + shift;
        to += channels;
      }
    }
  }
}
