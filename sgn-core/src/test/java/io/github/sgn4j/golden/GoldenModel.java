package io.github.sgn4j.golden;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;

/** The network of a trace file on the engine under test, in double precision. */
interface GoldenModel extends AutoCloseable {

  /** Its objective; the initial parameters are the file's theta0. */
  Objective objective();

  /** The file's batch of that number. */
  Batch batch(int index);

  /** Output before the loss, samples x outputs. */
  double[][] output(FlatVector theta, int batch);

  /** dL/df, samples x outputs. */
  double[][] lossGradient(FlatVector theta, int batch);

  /** J v, samples x outputs. */
  double[][] jvp(FlatVector theta, int batch, FlatVector v);

  /** H u, samples x outputs. */
  double[][] lossHessianProduct(FlatVector theta, int batch, double[][] u);

  @Override
  void close();

  /** Builds the model of a file. */
  @FunctionalInterface
  interface Factory {
    GoldenModel create(TraceFile file);
  }
}
