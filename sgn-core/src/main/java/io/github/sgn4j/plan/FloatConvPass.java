package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.HostArray;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Passes in single precision. The maximum is taken of the numbers' bits as integers, and selection
 * is by masks, since HotSpot 17 vectorises integer arithmetic, but neither comparisons nor
 * branches.
 */
final class FloatConvPass implements ConvPass {

  private final ConvGeometry g;
  private final Activation activation;
  private final int[] best;
  private final int[] other;
  private final float[] block;
  private final float[] more;
  private final float[] tile;
  private final float[] collected;
  // The same numbers as bits and as floats, by way of native memory.
  private final HostArray exchange;
  // One array an output row of a chunk: a loop vectorises only if one index serves all its arrays.
  private int[][] indices;
  private float[][] slopes;
  private boolean hasBias;

  FloatConvPass(ConvGeometry geometry, Activation activation) {
    this.g = geometry;
    this.activation = activation;
    int size = g.largestChunk() * g.outputRowElements();
    boolean pools = g.positions() > 1;
    this.best = new int[pools ? size : 0];
    this.other = new int[pools ? size : 0];
    this.more = new float[pools ? size : 0];
    this.block = new float[size];
    this.tile = new float[size];
    this.collected = new float[g.largestChunk() * g.outputElements()];
    this.exchange = HostArray.of(Backend.allocate(DataType.FLOAT, size));
  }

  @Override
  public void setBias(HostArray bias) {
    hasBias = bias != null;
    if (hasBias) {
      bias.read(0, tile, 0, g.filters);
      for (int filled = g.filters; filled < tile.length; filled *= 2) {
        System.arraycopy(tile, 0, tile, filled, Math.min(filled, tile.length - filled));
      }
    }
  }

  @Override
  public void bindDerivatives() {
    boolean pools = g.positions() > 1;
    boolean bends = activation != Activation.IDENTITY;
    indices = new int[g.chunks() * g.outputHeight][];
    slopes = new float[g.chunks() * g.outputHeight][];
    for (int i = 0; i < indices.length; i++) {
      int length = length(i / g.outputHeight);
      indices[i] = new int[pools ? length : 0];
      slopes[i] = new float[bends ? length : 0];
    }
  }

  private int length(int chunk) {
    return g.imagesIn(chunk) * g.outputRowElements();
  }

  @Override
  public void value(HostArray products, int chunk, int row, boolean keep) {
    int length = length(chunk);
    int at = chunk * g.outputHeight + row;
    if (g.positions() == 1) {
      products.read(0, block, 0, length);
    } else if (keep) {
      maximum(products, indices[at], length);
    } else {
      maximum(products, length);
    }
    if (hasBias) {
      add(block, tile, length);
    }
    activation.apply(block, length);
    if (keep && activation != Activation.IDENTITY) {
      System.arraycopy(block, 0, slopes[at], 0, length);
      activation.slope(slopes[at]);
    }
    collect(chunk, row);
  }

  /** The largest of each window. */
  private void maximum(HostArray products, int length) {
    products.read(0, block, 0, length);
    for (int p = 1; p < g.positions(); p++) {
      products.read((long) p * length, more, 0, length);
      takeLarger(block, more, length);
    }
  }

  private static void takeLarger(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      x[i] = Math.max(x[i], y[i]);
    }
  }

  /** The largest of each window, and the first place of it. */
  private void maximum(HostArray products, int[] index, int length) {
    products.readBits(0, best, length);
    toKeys(best, length);
    Arrays.fill(index, 0);
    for (int p = 1; p < g.positions(); p++) {
      products.readBits((long) p * length, other, length);
      // Not in one loop with the next: longer ones are not unrolled, and so not vectorised.
      toKeys(other, length);
      takeLarger(best, other, index, p, length);
    }
    fromKeys(best, length);
    exchange.writeBits(0, best, length);
    exchange.read(0, block, 0, length);
  }

  /**
   * Bits of floats to integers of the same order, with all that is not a number on top: a maximum
   * must not hide it.
   */
  private static void toKeys(int[] x, int length) {
    for (int i = 0; i < length; i++) {
      x[i] = (x[i] ^ ((x[i] >> 31) & 0x7fffffff)) - 0x007fffff;
    }
  }

  private static void fromKeys(int[] x, int length) {
    for (int i = 0; i < length; i++) {
      int key = x[i] + 0x007fffff;
      x[i] = key ^ ((key >> 31) & 0x7fffffff);
    }
  }

  /** The larger of the keys x and y to x, and where that is y, p to the index. */
  private static void takeLarger(int[] x, int[] y, int[] index, int p, int length) {
    for (int i = 0; i < length; i++) {
      // The sign of x - y, also where that overflows; Math.max would not vectorise.
      int difference = x[i] - y[i];
      int unlike = x[i] ^ y[i];
      int mask = (difference ^ (unlike & (difference ^ x[i]))) >> 31;
      index[i] ^= (index[i] ^ p) & mask;
      x[i] ^= unlike & mask;
    }
  }

  @Override
  public void tangent(HostArray products, int chunk, int row) {
    int length = length(chunk);
    int at = chunk * g.outputHeight + row;
    if (g.positions() == 1) {
      products.read(0, block, 0, length);
    } else {
      Arrays.fill(best, 0, length, 0);
      for (int p = 0; p < g.positions(); p++) {
        products.readBits((long) p * length, other, length);
        addSelected(best, other, indices[at], p, length);
      }
      exchange.writeBits(0, best, length);
      exchange.read(0, block, 0, length);
    }
    if (hasBias) {
      add(block, tile, length);
    }
    if (activation != Activation.IDENTITY) {
      multiply(block, slopes[at], length);
    }
    collect(chunk, row);
  }

  private static void addSelected(int[] x, int[] y, int[] index, int p, int length) {
    for (int i = 0; i < length; i++) {
      x[i] |= y[i] & (((index[i] ^ p) - 1) >> 31);
    }
  }

  @Override
  public void adjoint(HostArray products, HostArray sums, int chunk, int row) {
    int length = length(chunk);
    int at = chunk * g.outputHeight + row;
    spread(chunk, row);
    if (activation != Activation.IDENTITY) {
      multiply(block, slopes[at], length);
    }
    sums.write(0, block, 0, length);
    if (g.positions() == 1) {
      products.write(0, block, 0, length);
      return;
    }
    sums.readBits(0, best, length);
    for (int p = 0; p < g.positions(); p++) {
      select(other, best, indices[at], p, length);
      products.writeBits((long) p * length, other, length);
    }
  }

  private static void select(int[] to, int[] from, int[] index, int p, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = from[i] & (((index[i] ^ p) - 1) >> 31);
    }
  }

  private static void add(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      x[i] += y[i];
    }
  }

  private static void multiply(float[] x, float[] factor, int length) {
    for (int i = 0; i < length; i++) {
      x[i] *= factor[i];
    }
  }

  /** The block's rows to where the output has them. */
  private void collect(int chunk, int row) {
    int count = g.imagesIn(chunk);
    int width = g.outputRowElements();
    for (int i = 0; i < count; i++) {
      int to = i * g.outputElements();
      if (!g.channelsFirst) {
        System.arraycopy(block, i * width, collected, to + row * width, width);
        continue;
      }
      int plane = g.outputHeight * g.outputWidth;
      for (int channel = 0; channel < g.filters; channel++) {
        int first = to + channel * plane + row * g.outputWidth;
        for (int column = 0; column < g.outputWidth; column++) {
          collected[first + column] = block[i * width + column * g.filters + channel];
        }
      }
    }
  }

  /** The rows of the output to the block. */
  private void spread(int chunk, int row) {
    int count = g.imagesIn(chunk);
    int width = g.outputRowElements();
    for (int i = 0; i < count; i++) {
      int from = i * g.outputElements();
      if (!g.channelsFirst) {
        System.arraycopy(collected, from + row * width, block, i * width, width);
        continue;
      }
      int plane = g.outputHeight * g.outputWidth;
      for (int channel = 0; channel < g.filters; channel++) {
        int first = from + channel * plane + row * g.outputWidth;
        for (int column = 0; column < g.outputWidth; column++) {
          block[i * width + column * g.filters + channel] = collected[first + column];
        }
      }
    }
  }

  @Override
  public void store(int chunk, HostArray output) {
    long at = (long) g.firstImage(chunk) * g.outputElements();
    output.write(at, collected, 0, g.imagesIn(chunk) * g.outputElements());
  }

  @Override
  public void load(int chunk, HostArray output) {
    long at = (long) g.firstImage(chunk) * g.outputElements();
    output.read(at, collected, 0, g.imagesIn(chunk) * g.outputElements());
  }

  @Override
  public long bytes() {
    long output = (long) g.images * g.outputElements();
    long kept = 0;
    if (indices != null) {
      kept += g.positions() > 1 ? output : 0;
      kept += activation != Activation.IDENTITY ? output : 0;
    }
    return Float.BYTES * (kept + collected.length + 6L * block.length);
  }
}
