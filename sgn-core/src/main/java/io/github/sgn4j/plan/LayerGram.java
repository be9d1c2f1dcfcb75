package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.nd.SymmetricInverse;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A A^T of a network of dense layers, with rows (n, k) = n * columns + k: the sum over layers of
 * (x_n . x_m + 1) (d_nk . d_ml), the 1 being the bias'. In double, whatever the network's
 * precision. Inputs x and adjoints d are collected from all parts of a batch first; buffers are
 * kept for the next time.
 */
public final class LayerGram {

  /** Elements of the products of adjoints that are computed in one go, about. */
  private static final int BLOCK = 1 << 18;

  private int samples = -1;
  private int columns = -1;
  private int blockSamples;
  private double[][] inputs;
  private double[][] adjoints;
  private double[] inputProducts;
  private double[] adjointProducts;
  private Factors inputFactors;
  private Factors adjointFactors;

  /**
   * Makes room for a network; always the same one.
   *
   * @param like any part's layers
   * @param batchSamples samples of the whole batch
   * @param factorColumns rows of A for each sample
   */
  public void begin(DenseLayers like, int batchSamples, int factorColumns) {
    if (batchSamples == samples && factorColumns == columns) {
      return;
    }
    samples = -1;
    int rows = Math.multiplyExact(batchSamples, factorColumns);
    List<DenseLayer> layers = like.layers();
    inputs = new double[layers.size()][];
    adjoints = new double[layers.size()][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = new double[Math.multiplyExact(batchSamples, layers.get(i).inputs())];
      adjoints[i] = new double[Math.multiplyExact(rows, layers.get(i).columns())];
    }
    long perSample = (long) factorColumns * rows;
    blockSamples = (int) Math.max(1, Math.min(batchSamples, BLOCK / perSample));
    inputProducts = new double[blockSamples * batchSamples];
    adjointProducts = new double[Math.toIntExact(blockSamples * perSample)];
    inputFactors = new Factors(inputs, inputProducts.length);
    adjointFactors = new Factors(adjoints, adjointProducts.length);
    columns = factorColumns;
    samples = batchSamples;
  }

  /** Takes the inputs of a part whose first sample has that number. Parts may come at once. */
  public void takeInputs(DenseLayers part, int firstSample) {
    for (int i = 0; i < inputs.length; i++) {
      DenseLayer from = part.layers().get(i);
      from.readInput(inputs[i], firstSample * from.inputs());
    }
  }

  /** Takes the adjoints that a part's last pass, for that column, left. Parts may come at once. */
  public void takeAdjoints(DenseLayers part, int firstSample, int column) {
    for (int i = 0; i < adjoints.length; i++) {
      DenseLayer from = part.layers().get(i);
      for (int n = 0; n < part.rows(); n++) {
        int row = (firstSample + n) * columns + column;
        from.readAdjoint(n, adjoints[i], row * from.columns());
      }
    }
  }

  /**
   * Computes the matrix, row by row.
   *
   * @param like any part's layers
   */
  public void compute(DenseLayers like, double[] result) {
    Arrays.fill(result, 0);
    for (int i = 0; i < inputs.length; i++) {
      DenseLayer layer = like.layers().get(i);
      inputFactors.load(inputs[i]);
      adjointFactors.load(adjoints[i]);
      for (int from = 0; from < samples; from += blockSamples) {
        addBlock(layer, from, Math.min(samples, from + blockSamples), result);
      }
    }
    SymmetricInverse.mirror(result, samples * columns);
  }

  /** Adds a layer's part of the rows of some samples, up to the samples themselves. */
  private void addBlock(DenseLayer layer, int from, int to, double[] result) {
    Arrays.fill(inputProducts, 0, (to - from) * to, 0);
    if (layer.hasWeights()) {
      inputFactors.multiply(from, to - from, to, layer.inputs(), inputProducts);
    }
    int width = to * columns;
    adjointFactors.multiply(
        from * columns, (to - from) * columns, width, layer.columns(), adjointProducts);
    double bias = layer.hasBias() ? 1 : 0;
    int rows = samples * columns;
    for (int n = from; n < to; n++) {
      for (int k = 0; k < columns; k++) {
        int source = ((n - from) * columns + k) * width;
        int target = (n * columns + k) * rows;
        for (int m = 0; m <= n; m++) {
          double weight = inputProducts[(n - from) * to + m] + bias;
          for (int l = 0; l < columns; l++) {
            result[target++] += weight * adjointProducts[source++];
          }
        }
      }
    }
  }

  /** Native room for one layer's matrix at a time, and for products of its rows. */
  private static final class Factors {
    private final HostArray left;
    private final HostArray right;
    private final HostArray products;

    Factors(double[][] matrices, int productLength) {
      int longest = Arrays.stream(matrices).mapToInt(m -> m.length).max().orElse(0);
      INDArray array = Backend.allocate(DataType.DOUBLE, longest);
      // The product takes different objects only.
      this.left = HostArray.of(array);
      this.right = HostArray.of(array);
      this.products = HostArray.of(Backend.allocate(DataType.DOUBLE, productLength));
    }

    void load(double[] matrix) {
      left.write(0, matrix, 0, matrix.length);
    }

    /** Rows {@code from} and the following times the first {@code others} rows, transposed. */
    void multiply(int from, int count, int others, int width, double[] result) {
      long start = (long) from * width;
      Blas.gemm(
          false, true, count, others, width, left, start, width, right, 0, width, 0, products, 0,
          others);
      products.read(0, result, 0, count * others);
    }
  }
}
