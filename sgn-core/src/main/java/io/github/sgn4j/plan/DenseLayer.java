package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.DoubleCopies;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.nd.Squares;
import java.util.Arrays;

/**
 * A dense layer with parameters: row n of its weights' Jacobian is the outer product of its input
 * x_n and the adjoint d_n of x_n W + b, of its bias' Jacobian d_n itself.
 */
final class DenseLayer {

  /** Elements that are summed up in one go, about. */
  private static final int PART = 2048;

  private final DenseKernel kernel;
  private final int weightsAt;
  private final int biasAt;
  private final DoubleCopies copies = new DoubleCopies();
  private final double[] inputRow;
  private final double[] adjointRow;
  private double[] part;
  private Squares squares;
  private HostArray inputSquares;
  private HostArray adjointSquares;
  private RowBlocks adjointSquareBlocks;

  /**
   * A layer.
   *
   * @param weightsAt where a vector of all parameters holds its weights, negative if they are none
   * @param biasAt the same of its bias
   */
  DenseLayer(DenseKernel kernel, int weightsAt, int biasAt) {
    this.kernel = kernel;
    this.weightsAt = weightsAt;
    this.biasAt = biasAt;
    this.inputRow = new double[kernel.inputs()];
    this.adjointRow = new double[kernel.columns()];
  }

  int inputs() {
    return kernel.inputs();
  }

  int columns() {
    return kernel.columns();
  }

  boolean hasWeights() {
    return weightsAt >= 0;
  }

  boolean hasBias() {
    return biasAt >= 0;
  }

  /** Copies the input of every row. */
  void readInput(double[] target, int position) {
    copies.read(kernel.input(), 0, target, position, kernel.rows() * kernel.inputs());
  }

  /** Copies the adjoint of one row. */
  void readAdjoint(int row, double[] target, int position) {
    int columns = kernel.columns();
    copies.read(kernel.adjoint(), (long) row * columns, target, position, columns);
  }

  /** Writes one row of the Jacobian, times the adjoint that was put in, to a matrix' row. */
  void writeRow(int row, double[] matrix, int rowStart) {
    readAdjoint(row, adjointRow, 0);
    if (biasAt >= 0) {
      System.arraycopy(adjointRow, 0, matrix, rowStart + biasAt, adjointRow.length);
    }
    if (weightsAt < 0) {
      return;
    }
    copies.read(kernel.input(), (long) row * inputRow.length, inputRow, 0, inputRow.length);
    for (int i = 0, to = rowStart + weightsAt; i < inputRow.length; i++) {
      double x = inputRow[i];
      for (int j = 0; j < adjointRow.length; j++) {
        matrix[to++] = x * adjointRow[j];
      }
    }
  }

  void clearSquares() {
    if (squares == null) {
      part = new double[Math.max(1, PART / kernel.columns()) * kernel.columns()];
      squares = new Squares(kernel.adjoint().precision());
      inputSquares = allocate((long) mostRows(kernel.inputBlocks()) * kernel.inputs());
      adjointSquares = allocate((long) kernel.rows() * kernel.columns());
      adjointSquareBlocks =
          RowBlocks.of(adjointSquares, kernel.rows(), kernel.columns(), kernel.inputs());
    }
    adjointSquares.clear();
  }

  private HostArray allocate(long length) {
    return HostArray.of(Backend.allocate(kernel.adjoint().array().dataType(), length));
  }

  private static int mostRows(RowBlocks blocks) {
    int most = 0;
    for (int i = 0; i < blocks.count(); i++) {
      most = Math.max(most, blocks.rows(i));
    }
    return most;
  }

  /** Adds the squares of the adjoint. */
  void addSquares() {
    squares.add(kernel.adjoint(), adjointSquares);
  }

  /**
   * Puts sum_n x_n^2 s_n^T, s being the sums of the adjoint's squares, into the weights' adjoint,
   * and sum_n s_n into the bias'. Inputs do not depend on which column a pass was for: one product
   * serves all passes.
   */
  void finishSquares() {
    if (weightsAt >= 0) {
      RowBlocks x = kernel.inputBlocks();
      HostArray result = kernel.weightsAdjoint();
      for (int i = 0; i < x.count(); i++) {
        squares.set(x.block(i), inputSquares);
        HostArray block = adjointSquareBlocks.block(i);
        int count = x.rows(i);
        double beta = i == 0 ? 0 : 1;
        Blas.gemm(
            true,
            false,
            kernel.inputs(),
            kernel.columns(),
            count,
            inputSquares,
            block,
            beta,
            result);
      }
    }
    if (biasAt >= 0) {
      sumRows();
    }
  }

  private void sumRows() {
    int columns = kernel.columns();
    int length = kernel.rows() * columns;
    double[] sums = adjointRow;
    Arrays.fill(sums, 0);
    for (int start = 0; start < length; start += part.length) {
      int count = Math.min(part.length, length - start);
      copies.read(adjointSquares, start, part, 0, count);
      for (int i = 0; i < count; i += columns) {
        for (int j = 0; j < columns; j++) {
          sums[j] += part[i + j];
        }
      }
    }
    copies.write(sums, 0, kernel.biasAdjoint(), 0, columns);
  }
}
