package io.github.sgn4j.plan;

import io.github.sgn4j.objective.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network whose parameters are weights and biases of dense layers, each of one layer alone, and
 * whose rows are samples that do not mix: {@link Workspace#backpropagate} with column k of a factor
 * S of every sample in the output's adjoint leaves in each layer what row k of S_n^T J is made of,
 * for all n at once.
 */
public final class DenseLayers {

  private final List<DenseLayer> layers;
  private final int rows;
  private final int dimension;

  private DenseLayers(List<DenseLayer> layers, int rows, int dimension) {
    this.layers = List.copyOf(layers);
    this.rows = rows;
    this.dimension = dimension;
  }

  /** The layers of a network, or null if it has parameters elsewhere or mixes samples. */
  static DenseLayers of(
      List<Kernel> kernels, List<Parameter> parameters, Slot[] slots, Slot output) {
    if (output.value().rank() != 2) {
      return null;
    }
    long rows = output.value().size(0);
    Map<Slot, Parameter> left = new HashMap<>();
    for (int i = 0; i < slots.length; i++) {
      left.put(slots[i], parameters.get(i));
    }
    List<DenseLayer> layers = new ArrayList<>();
    for (Kernel kernel : kernels) {
      if (!kernel.keepsRowsApart(rows)) {
        return null;
      }
      if (kernel instanceof DenseKernel dense) {
        int weightsAt = take(dense.weights(), left);
        int biasAt = dense.bias() == null ? -1 : take(dense.bias(), left);
        boolean derived =
            (weightsAt < 0 && dense.weights().isActive())
                || (biasAt < 0 && dense.bias() != null && dense.bias().isActive());
        if (derived) {
          return null;
        }
        if (weightsAt >= 0 || biasAt >= 0) {
          layers.add(new DenseLayer(dense, weightsAt, biasAt));
        }
      }
    }
    int dimension = parameters.stream().mapToInt(Parameter::length).sum();
    return left.isEmpty() ? new DenseLayers(layers, (int) rows, dimension) : null;
  }

  /** The offset of a parameter that one kernel alone reads, and once; negative for others. */
  private static int take(Slot slot, Map<Slot, Parameter> left) {
    if (slot.readerCount() != 1) {
      return -1;
    }
    Parameter parameter = left.remove(slot);
    return parameter == null ? -1 : parameter.offset();
  }

  List<DenseLayer> layers() {
    return layers;
  }

  int rows() {
    return rows;
  }

  /** Starts the sums of squares. */
  public void clearSquares() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).clearSquares();
    }
  }

  /** Adds the squares of the rows that the last pass was for. */
  public void addSquares() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).addSquares();
    }
  }

  /** Leaves the sums, parameter by parameter, where {@link Workspace#vjp()} leaves a gradient. */
  public void finishSquares() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).finishSquares();
    }
  }

  /**
   * Writes the rows that the last pass was for to a matrix on the heap.
   *
   * @param matrix of rows as long as there are parameters
   * @param first the row of the first sample
   * @param step rows from one sample to the next
   */
  public void writeRows(double[] matrix, int first, int step) {
    for (int n = 0; n < rows; n++) {
      int start = (first + n * step) * dimension;
      for (int i = 0; i < layers.size(); i++) {
        layers.get(i).writeRow(n, matrix, start);
      }
    }
  }
}
