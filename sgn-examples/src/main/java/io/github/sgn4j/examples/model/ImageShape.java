package io.github.sgn4j.examples.model;

/**
 * Shape of one image, or of what a layer makes of it.
 *
 * @param height at least 1
 * @param width at least 1
 * @param channels at least 1
 */
public record ImageShape(int height, int width, int channels) {

  /**
   * A shape.
   *
   * @throws IllegalArgumentException if a number is below 1
   */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "an image cannot be of " + height + " x " + width + " x " + channels);
    }
  }

  /** Numbers in it. */
  public long size() {
    return Math.multiplyExact((long) height * width, channels);
  }

  /** Height x width x channels, such as 28 x 28 x 1. */
  @Override
  public String toString() {
    return height + " x " + width + " x " + channels;
  }
}
