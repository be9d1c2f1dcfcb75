package io.github.sgn4j.golden;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.PlainBatch;
import io.github.sgn4j.testkit.PlainMlp;

/** The network of a trace file in plain Java. */
final class PlainGoldenModel implements GoldenModel {

  private final TraceFile file;
  private final PlainMlp network;

  PlainGoldenModel(TraceFile file) {
    this.file = file;
    network =
        new PlainMlp(
            file.units(),
            file.classification() ? PlainMlp.Loss.CROSS_ENTROPY : PlainMlp.Loss.SQUARED_ERROR,
            Precision.DOUBLE,
            file.theta0());
  }

  @Override
  public PlainMlp objective() {
    return network;
  }

  @Override
  public PlainBatch batch(int index) {
    return file.batches().get(index);
  }

  @Override
  public double[][] output(FlatVector theta, int batch) {
    return network.output(theta, batch(batch));
  }

  @Override
  public double[][] lossGradient(FlatVector theta, int batch) {
    return network.linearize(theta, batch(batch)).lossGradient();
  }

  @Override
  public double[][] jvp(FlatVector theta, int batch, FlatVector v) {
    return network.linearize(theta, batch(batch)).jvp(v.toDoubleArray());
  }

  @Override
  public double[][] lossHessianProduct(FlatVector theta, int batch, double[][] u) {
    return network.linearize(theta, batch(batch)).lossHessianProduct(u);
  }

  @Override
  public void close() {}
}
