package io.github.sgn4j.plan;

import io.github.sgn4j.nd.HostArray;

/** Layer passes in double precision. */
final class DoubleLayerPass implements LayerPass {

  private final Activation activation;
  private final int columns;
  private final int length;
  private final int chunk;
  private final double[] scratch;
  private final double[] tile;
  // One array a chunk: a loop over two arrays vectorises only if one index serves both.
  private double[][] slopes;

  DoubleLayerPass(Activation activation, int rows, int columns) {
    this.activation = activation;
    this.columns = columns;
    this.length = Math.multiplyExact(rows, columns);
    this.chunk = Math.min(length, Math.max(1, CHUNK / columns) * columns);
    this.scratch = new double[chunk];
    this.tile = new double[chunk];
  }

  private void fillTile(HostArray row) {
    row.read(0, tile, 0, columns);
    for (int filled = columns; filled < chunk; filled *= 2) {
      System.arraycopy(tile, 0, tile, filled, Math.min(filled, chunk - filled));
    }
  }

  @Override
  public void activate(HostArray z, HostArray bias) {
    if (bias == null && activation == Activation.IDENTITY) {
      return;
    }
    if (bias != null) {
      fillTile(bias);
    }
    for (int start = 0; start < length; start += chunk) {
      int count = Math.min(chunk, length - start);
      z.read(start, scratch, 0, count);
      if (bias != null) {
        add(scratch, tile, count);
      }
      activation.apply(scratch, count);
      z.write(start, scratch, 0, count);
    }
  }

  @Override
  public void prepare(HostArray y) {
    if (activation == Activation.IDENTITY) {
      return;
    }
    if (slopes == null) {
      slopes = new double[(length + chunk - 1) / chunk][chunk];
    }
    for (int start = 0, i = 0; start < length; start += chunk, i++) {
      y.read(start, slopes[i], 0, Math.min(chunk, length - start));
      activation.slope(slopes[i]);
    }
  }

  @Override
  public void tangent(HostArray t, HostArray biasTangent) {
    if (biasTangent == null) {
      adjoint(t);
      return;
    }
    fillTile(biasTangent);
    for (int start = 0, i = 0; start < length; start += chunk, i++) {
      int count = Math.min(chunk, length - start);
      t.read(start, scratch, 0, count);
      if (activation == Activation.IDENTITY) {
        add(scratch, tile, count);
      } else {
        addAndMultiply(scratch, tile, slopes[i], count);
      }
      t.write(start, scratch, 0, count);
    }
  }

  @Override
  public void adjoint(HostArray a) {
    if (activation == Activation.IDENTITY) {
      return;
    }
    for (int start = 0, i = 0; start < length; start += chunk, i++) {
      int count = Math.min(chunk, length - start);
      a.read(start, scratch, 0, count);
      multiply(scratch, slopes[i], count);
      a.write(start, scratch, 0, count);
    }
  }

  @Override
  public long bytes() {
    return (2L * chunk + (slopes == null ? 0 : (long) slopes.length * chunk)) * Double.BYTES;
  }

  private static void add(double[] x, double[] y, int count) {
    for (int i = 0; i < count; i++) {
      x[i] += y[i];
    }
  }

  private static void multiply(double[] x, double[] factor, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= factor[i];
    }
  }

  private static void addAndMultiply(double[] x, double[] y, double[] factor, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = (x[i] + y[i]) * factor[i];
    }
  }
}
