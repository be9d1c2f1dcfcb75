package io.github.sgn4j.plan;

import io.github.sgn4j.nd.HostArray;
import java.util.Arrays;

/** Strips in double precision. */
final class DoubleConvStrips implements ConvStrips {

  private final ConvGeometry g;
  private final double[] image;
  private final double[] padded;
  private final double[] strips;
  // Strips that do not overlap in the image go to one layer: adding up whole layers vectorises.
  private double[][] layers;
  private double[] before;

  DoubleConvStrips(ConvGeometry geometry) {
    this.g = geometry;
    this.image = new double[g.inputElements()];
    this.padded = new double[g.paddedHeight * g.paddedWidth * g.channels];
    this.strips = new double[Math.toIntExact(g.largestChunk() * g.stripElements())];
  }

  @Override
  public void lower(HostArray x, int chunk, HostArray to, long at) {
    int count = g.imagesIn(chunk);
    for (int i = 0; i < count; i++) {
      x.read((long) (g.firstImage(chunk) + i) * image.length, image, 0, image.length);
      pad();
      lower(i, count);
    }
    to.write(at, strips, 0, (int) (count * g.stripElements()));
  }

  /** The image as the strips see it; the padding stays zero. */
  private void pad() {
    int fromRow = Math.max(0, g.top);
    int toRow = Math.min(g.paddedHeight, g.height + g.top);
    int fromColumn = Math.max(0, g.left);
    int columns = Math.min(g.paddedWidth, g.width + g.left) - fromColumn;
    if (columns <= 0) {
      // Long strides may see the padding alone.
      return;
    }
    for (int row = fromRow; row < toRow; row++) {
      int at = (row * g.paddedWidth + fromColumn) * g.channels;
      int pixel = (row - g.top) * g.width + fromColumn - g.left;
      if (!g.channelsFirst) {
        System.arraycopy(image, pixel * g.channels, padded, at, columns * g.channels);
        continue;
      }
      for (int channel = 0; channel < g.channels; channel++) {
        int from = channel * g.height * g.width + pixel;
        for (int column = 0; column < columns; column++) {
          padded[at + column * g.channels + channel] = image[from + column];
        }
      }
    }
  }

  private void lower(int i, int count) {
    int piece = g.dilationWidth == 1 ? g.run : g.channels;
    // Strip by strip: the images fit into the first-level cache, the strips do not.
    for (int p = 0; p < g.poolWidth; p++) {
      for (int column = 0; column < g.outputWidth; column++) {
        int strip = ((p * count + i) * g.outputWidth + column) * g.strip;
        for (int row = 0; row < g.paddedHeight; row++) {
          int to = strip + g.rowOffset(row);
          int from = start(row, p, column);
          for (int done = 0; done < g.run; done += piece) {
            System.arraycopy(padded, from, strips, to + done, piece);
            from += g.dilationWidth * g.channels;
          }
        }
      }
    }
  }

  /** Where in the padded image the row of a strip starts. */
  private int start(int row, int p, int column) {
    int first = (column * g.poolStrideWidth + p) * g.strideWidth;
    return (row * g.paddedWidth + first) * g.channels;
  }

  @Override
  public void bindAdjoints() {
    layers = new double[g.layers()][padded.length];
    before = new double[image.length];
  }

  @Override
  public long bytes() {
    long numbers = (long) image.length + padded.length + strips.length;
    if (layers != null) {
      numbers += before.length + (long) layers.length * padded.length;
    }
    return Double.BYTES * numbers;
  }

  @Override
  public void raise(HostArray from, int chunk, HostArray x, boolean add) {
    int count = g.imagesIn(chunk);
    from.read(0, strips, 0, (int) (count * g.stripElements()));
    for (int i = 0; i < count; i++) {
      raise(i, count);
      for (int layer = 1; layer < layers.length; layer++) {
        add(layers[0], layers[layer]);
      }
      long at = (long) (g.firstImage(chunk) + i) * image.length;
      if (add) {
        x.read(at, before, 0, before.length);
        unpad();
        add(image, before);
      } else {
        unpad();
      }
      x.write(at, image, 0, image.length);
    }
  }

  private void raise(int i, int count) {
    if (layers.length > 1) {
      // The sum went here: what this layer's own strips leave out is no longer zero.
      Arrays.fill(layers[0], 0);
    }
    int piece = g.dilationWidth == 1 ? g.run : g.channels;
    for (int p = 0; p < g.poolWidth; p++) {
      for (int column = 0; column < g.outputWidth; column++) {
        int strip = ((p * count + i) * g.outputWidth + column) * g.strip;
        double[] layer = layers[(column * g.poolStrideWidth + p) % layers.length];
        for (int row = 0; row < g.paddedHeight; row++) {
          int from = strip + g.rowOffset(row);
          int to = start(row, p, column);
          for (int done = 0; done < g.run; done += piece) {
            System.arraycopy(strips, from + done, layer, to, piece);
            to += g.dilationWidth * g.channels;
          }
        }
      }
    }
  }

  private static void add(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }

  /** The sum without the padding; what the strips leave out of the image is zero. */
  private void unpad() {
    int fromRow = Math.max(0, g.top);
    int toRow = Math.min(g.paddedHeight, g.height + g.top);
    int fromColumn = Math.max(0, g.left);
    int columns = Math.min(g.paddedWidth, g.width + g.left) - fromColumn;
    double[] sum = layers[0];
    boolean sees = columns > 0 && toRow > fromRow;
    if (!sees || columns * (toRow - fromRow) < g.width * g.height) {
      Arrays.fill(image, 0);
    }
    if (!sees) {
      return;
    }
    for (int row = fromRow; row < toRow; row++) {
      int at = (row * g.paddedWidth + fromColumn) * g.channels;
      int pixel = (row - g.top) * g.width + fromColumn - g.left;
      if (!g.channelsFirst) {
        System.arraycopy(sum, at, image, pixel * g.channels, columns * g.channels);
        continue;
      }
      for (int channel = 0; channel < g.channels; channel++) {
        int to = channel * g.height * g.width + pixel;
        for (int column = 0; column < columns; column++) {
          image[to + column] = sum[at + column * g.channels + channel];
        }
      }
    }
  }
}
