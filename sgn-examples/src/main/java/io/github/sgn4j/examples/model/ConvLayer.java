package io.github.sgn4j.examples.model;

import io.github.sgn4j.examples.model.ConvLayer.Convolution;
import io.github.sgn4j.examples.model.ConvLayer.Nonlinearity;
import io.github.sgn4j.examples.model.ConvLayer.Pooling;
import java.util.LinkedHashMap;
import java.util.Map;

/** A layer that takes images and gives images. */
public sealed interface ConvLayer permits Convolution, Nonlinearity, Pooling {

  /** Its name in the architecture, for messages. */
  String name();

  /**
   * Shape of its output.
   *
   * @throws ArchitectureException if the layer does not fit that input
   */
  ImageShape output(ImageShape input);

  /** Its fields in a JSON architecture. */
  Map<String, Object> toMap();

  /**
   * Square filters, moved over the image without being flipped, plus a bias for each filter.
   *
   * @param filters number of filters, the channels of the output
   * @param filterSize height and width of each
   * @param padding rows and columns of zeros on each of the four sides
   * @param stride by which a filter moves
   */
  record Convolution(String name, int filters, int filterSize, int padding, int stride)
      implements ConvLayer {
    @Override
    public ImageShape output(ImageShape input) {
      return new ImageShape(
          windows(this, input, input.height()), windows(this, input, input.width()), filters);
    }

    /**
     * Whether the padded image, once for each column of a filter, has a length that fits an int.
     */
    boolean isComputable(ImageShape input) {
      double height = input.height() + 2.0 * padding;
      double width = input.width() + 2.0 * padding;
      return height * width * input.channels() * filterSize <= Integer.MAX_VALUE;
    }

    private static int windows(Convolution layer, ImageShape input, int length) {
      long room = (long) length + 2L * layer.padding - layer.filterSize;
      return steps(layer, input, room, layer.stride);
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", "CONV");
      map.put("num_filters", filters);
      map.put("filter_size", filterSize);
      map.put("padding", padding);
      map.put("stride", stride);
      return map;
    }

    @Override
    public String toString() {
      return String.format(
          "%s (CONV %d filters %dx%d, padding %d, stride %d)",
          name, filters, filterSize, filterSize, padding, stride);
    }
  }

  /** Applies a function to every number. */
  record Nonlinearity(String name, Activation activation) implements ConvLayer {
    @Override
    public ImageShape output(ImageShape input) {
      return input;
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", "ACT");
      map.put("activation", activation.key());
      return map;
    }
  }

  /**
   * The maximum of each channel over square windows that lie within the image.
   *
   * @param size height and width of a window
   * @param stride by which it moves
   */
  record Pooling(String name, int size, int stride) implements ConvLayer {
    @Override
    public ImageShape output(ImageShape input) {
      return new ImageShape(
          steps(this, input, (long) input.height() - size, stride),
          steps(this, input, (long) input.width() - size, stride),
          input.channels());
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", "POOL");
      map.put("pool_size", size);
      map.put("stride", stride);
      return map;
    }

    @Override
    public String toString() {
      return String.format("%s (POOL %dx%d, stride %d)", name, size, size, stride);
    }
  }

  private static int steps(ConvLayer layer, ImageShape input, long room, int stride) {
    if (room < 0 || room / stride >= Integer.MAX_VALUE) {
      throw new ArchitectureException(
          layer
              + " does not fit its input of "
              + input
              + ".\nMake it smaller, or pool less before it.");
    }
    return (int) (room / stride) + 1;
  }
}
