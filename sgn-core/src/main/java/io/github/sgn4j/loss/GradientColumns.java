package io.github.sgn4j.loss;

/** Gradients with respect to each sample's output as the columns of S. */
final class GradientColumns extends HeapFactor {

  private final double[][] columns;

  GradientColumns(int samples, int outputs, int columns) {
    super(samples, outputs, columns);
    this.columns = new double[columns][samples * outputs];
  }

  /** Column k of all samples, [samples, outputs]; writes go through. */
  double[] gradients(int k) {
    return columns[k];
  }

  @Override
  void column(int k, double[] result) {
    System.arraycopy(columns[k], 0, result, 0, result.length);
  }

  @Override
  void multiply(double[] u, double[] result) {
    for (int n = 0, start = 0; n < samples; n++, start += outputs) {
      for (int j = start; j < start + outputs; j++) {
        double sum = 0;
        for (int k = 0; k < columns.length; k++) {
          sum += columns[k][j] * u[n * columns.length + k];
        }
        result[j] = sum;
      }
    }
  }

  @Override
  void multiplyTransposed(double[] t, double[] result) {
    for (int n = 0, start = 0; n < samples; n++, start += outputs) {
      for (int k = 0; k < columns.length; k++) {
        double sum = 0;
        for (int j = start; j < start + outputs; j++) {
          sum += columns[k][j] * t[j];
        }
        result[n * columns.length + k] = sum;
      }
    }
  }
}
