package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.HostArray;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A convolution y = f(max pool(x * W) + b) as matrix products over strips of the input (see {@link
 * ConvGeometry}), chunk by chunk of images. The strips of the input are made once per batch where
 * the input depends on the batch alone, else once per evaluation, and kept for the products if
 * there are any. Products with what does not depend on parameters are left out.
 */
final class ConvKernel implements Kernel {

  private final Slot x;
  private final Slot weights;
  private final Slot bias;
  private final Slot output;
  private final ConvGeometry g;
  private final ConvStrips lowering;
  private final ConvPass pass;
  private final HostArray y;
  private final HostArray products;
  private final HostArray scratch;
  private HostArray xValue;
  private HostArray w;
  private HostArray b;
  private HostArray kept;
  private boolean keptIsValid;
  private boolean derivativesAreValid;
  private boolean bound;
  private HostArray derivative;
  private HostArray xDerivative;
  private HostArray wDerivative;
  private HostArray bDerivative;
  private HostArray sums;
  private HostArray ones;
  private boolean addToX;
  private boolean addToWeights;
  private boolean addToBias;

  /**
   * Binds a convolution and runs it.
   *
   * @param weights [kernel rows, kernel columns, channels, filters]
   * @param bias null for none
   */
  ConvKernel(
      Slot x, Slot weights, Slot bias, Slot output, ConvGeometry geometry, Activation activation) {
    this.x = x;
    this.weights = weights;
    this.bias = bias;
    this.output = output;
    this.g = geometry;
    DataType type = x.value().dataType();
    output.setValue(Backend.allocate(type, g.outputShape()));
    this.y = HostArray.of(output.value());
    this.lowering = ConvStrips.of(y.precision(), g);
    this.pass = ConvPass.of(y.precision(), g, activation);
    long row = (long) g.largestChunk() * g.outputRowElements();
    this.products = allocate(row * g.positions());
    this.scratch = allocate(g.largestChunk() * g.stripElements());
    rebind();
    x.addReader(this);
    weights.addReader(this);
    if (bias != null) {
      bias.addReader(this);
    }
    forward();
  }

  private HostArray allocate(long length) {
    return HostArray.of(Backend.allocate(output.value().dataType(), length));
  }

  @Override
  public void rebind() {
    xValue = HostArray.of(x.value());
    w = HostArray.of(weights.value());
    b = bias == null ? null : HostArray.of(bias.value());
  }

  @Override
  public void batchLoaded() {
    keptIsValid = false;
  }

  @Override
  public void forward() {
    if (x.dependence() == Dependence.PARAMETERS) {
      keptIsValid = false;
    }
    pass.setBias(b);
    for (int chunk = 0; chunk < g.chunks(); chunk++) {
      HostArray strips = strips(chunk);
      for (int row = 0; row < g.outputHeight; row++) {
        multiply(chunk, row, strips, stripsFrom(chunk), w, 0);
        pass.value(products, chunk, row, bound);
      }
      pass.store(chunk, y);
    }
    keptIsValid = kept != null;
    derivativesAreValid = bound;
  }

  /** The strips of a chunk of the input's values. */
  private HostArray strips(int chunk) {
    if (kept == null) {
      lowering.lower(xValue, chunk, scratch, 0);
      return scratch;
    }
    if (!keptIsValid) {
      lowering.lower(xValue, chunk, kept, stripsFrom(chunk));
    }
    return kept;
  }

  /** Where a chunk's strips start. */
  private long stripsFrom(int chunk) {
    return kept == null ? 0 : g.firstImage(chunk) * g.stripElements();
  }

  /** One output row's products with a filter matrix, for each position in the pooling window. */
  private void multiply(
      int chunk, int row, HostArray strips, long from, HostArray filters, double beta) {
    int rows = g.imagesIn(chunk) * g.stripsPerImage();
    int blocks = g.productBlocks(rows);
    for (int i = 0; i < g.poolHeight; i++) {
      for (int block = 0; block < blocks; block++) {
        int first = rows * block / blocks;
        Blas.gemm(
            false,
            false,
            rows * (block + 1) / blocks - first,
            g.filters,
            g.patch,
            strips,
            from + (long) first * g.strip + g.patchOffset(row, i),
            g.strip,
            filters,
            0,
            g.filters,
            beta,
            products,
            ((long) i * rows + first) * g.filters,
            g.filters);
      }
    }
  }

  @Override
  public void prepare() {
    if (!derivativesAreValid) {
      forward();
    }
  }

  @Override
  public void bindTangents() {
    derivative = HostArray.of(output.derivative());
    xDerivative = x.isActive() ? HostArray.of(x.derivative()) : null;
    wDerivative = weights.isActive() ? HostArray.of(weights.derivative()) : null;
    bDerivative = bias != null && bias.isActive() ? HostArray.of(bias.derivative()) : null;
    bound = true;
    pass.bindDerivatives();
    if (wDerivative != null) {
      kept = allocate(g.images * g.stripElements());
      keptIsValid = false;
    }
  }

  @Override
  public void bindAdjoints() {
    // In the order in which vjp writes first.
    addToWeights = weights.isActive() && weights.claimAdjoint();
    if (bDerivative != null) {
      addToBias = bias.claimAdjoint();
    }
    int rows = g.largestChunk() * g.outputWidth;
    sums = allocate((long) rows * g.filters);
    ones = allocate(rows);
    ones.array().assign(1);
    if (xDerivative != null) {
      addToX = x.claimAdjoint();
      lowering.bindAdjoints();
    }
  }

  @Override
  public void jvp() {
    pass.setBias(bDerivative);
    for (int chunk = 0; chunk < g.chunks(); chunk++) {
      if (xDerivative != null) {
        lowering.lower(xDerivative, chunk, scratch, 0);
      }
      for (int row = 0; row < g.outputHeight; row++) {
        double beta = 0;
        if (wDerivative != null) {
          multiply(chunk, row, kept, stripsFrom(chunk), wDerivative, 0);
          beta = 1;
        }
        if (xDerivative != null) {
          multiply(chunk, row, scratch, 0, w, beta);
          beta = 1;
        }
        if (beta == 0) {
          products.clear();
        }
        pass.tangent(products, chunk, row);
      }
      pass.store(chunk, derivative);
    }
  }

  @Override
  public void vjp() {
    for (int chunk = 0; chunk < g.chunks(); chunk++) {
      pass.load(chunk, derivative);
      if (xDerivative != null) {
        scratch.clear(g.imagesIn(chunk) * g.stripElements());
      }
      for (int row = 0; row < g.outputHeight; row++) {
        boolean first = chunk == 0 && row == 0;
        pass.adjoint(products, sums, chunk, row);
        if (wDerivative != null) {
          addToFilters(chunk, row, first && !addToWeights);
        }
        if (bDerivative != null) {
          double beta = first && !addToBias ? 0 : 1;
          int rows = g.imagesIn(chunk) * g.outputWidth;
          Blas.gemvTransposed(rows, g.filters, sums, ones, beta, bDerivative);
        }
        if (xDerivative != null) {
          addToStrips(chunk, row);
        }
      }
      if (xDerivative != null) {
        lowering.raise(scratch, chunk, xDerivative, addToX);
      }
    }
  }

  private void addToFilters(int chunk, int row, boolean overwrite) {
    int rows = g.imagesIn(chunk) * g.stripsPerImage();
    int blocks = g.sumBlocks(rows);
    for (int i = 0; i < g.poolHeight; i++) {
      for (int block = 0; block < blocks; block++) {
        int first = rows * block / blocks;
        Blas.gemm(
            true,
            false,
            g.patch,
            g.filters,
            rows * (block + 1) / blocks - first,
            kept,
            stripsFrom(chunk) + (long) first * g.strip + g.patchOffset(row, i),
            g.strip,
            products,
            ((long) i * rows + first) * g.filters,
            g.filters,
            overwrite && i == 0 && block == 0 ? 0 : 1,
            wDerivative,
            0,
            g.filters);
      }
    }
  }

  private void addToStrips(int chunk, int row) {
    int rows = g.imagesIn(chunk) * g.stripsPerImage();
    for (int i = 0; i < g.poolHeight; i++) {
      Blas.gemm(
          false,
          true,
          rows,
          g.patch,
          g.filters,
          products,
          (long) i * rows * g.filters,
          g.filters,
          w,
          0,
          g.filters,
          1,
          scratch,
          g.patchOffset(row, i),
          g.strip);
    }
  }

  @Override
  public long bytes() {
    long numbers = products.length() + scratch.length() + (kept == null ? 0 : kept.length());
    return numbers * output.value().dataType().width() + pass.bytes() + lowering.bytes();
  }
}
