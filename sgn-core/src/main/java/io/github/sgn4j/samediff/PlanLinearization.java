package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.FactorKind;
import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The linearization of a SameDiff model: holds a workspace until it is closed. */
final class PlanLinearization implements LocalLinearization {

  private final SameDiffObjective objective;
  private final Evaluation evaluation;
  private final long samples;
  private LeasedModel model;
  private PlanFactor factor;

  PlanLinearization(
      SameDiffObjective objective, LeasedModel model, Evaluation evaluation, long samples) {
    this.objective = objective;
    this.model = model;
    this.evaluation = evaluation;
    this.samples = samples;
  }

  private LeasedModel open() {
    if (model == null) {
      throw new IllegalStateException("this linearization is closed");
    }
    return model;
  }

  @Override
  public Evaluation evaluation() {
    open();
    return evaluation;
  }

  @Override
  public long sampleCount() {
    open();
    return samples;
  }

  @Override
  public void gradient(FlatVector result) {
    objective.requireVector(result, "the result");
    open().gradient(result);
  }

  @Override
  public void ggnVectorProduct(FlatVector v, FlatVector result) {
    objective.requireVector(v, "v");
    objective.requireVector(result, "the result");
    open().ggnVectorProduct(v, result);
  }

  @Override
  public Optional<CurvatureFactor> ggnFactor() {
    return factor(FactorKind.gaussNewton());
  }

  @Override
  public Optional<CurvatureFactor> empiricalFisherFactor() {
    return factor(FactorKind.empiricalFisher());
  }

  @Override
  public Optional<CurvatureFactor> sampledFisherFactor(int draws, long seed) {
    return factor(FactorKind.sampledFisher(draws, seed));
  }

  private Optional<CurvatureFactor> factor(FactorKind kind) {
    int columns = open().factorColumns(kind);
    long[] shape = model.outputShape();
    // Samples along another dimension, or several rows for each: the loss's rows are no samples.
    boolean perSample = shape.length > 0 && shape[0] == samples;
    factor = columns > 0 && perSample ? new PlanFactor(this, kind, (int) samples, columns) : null;
    return Optional.ofNullable(factor);
  }

  /** The model, for a factor that is in use. */
  LeasedModel open(PlanFactor user) {
    LeasedModel open = open();
    if (user != factor) {
      throw new IllegalStateException(
          "another factor was asked of this linearization meanwhile; ask for this one again");
    }
    return open;
  }

  void requireVector(FlatVector vector, String what) {
    objective.requireVector(vector, what);
  }

  int dimension() {
    return objective.parameters().dimension();
  }

  @Override
  public INDArray output() {
    return open().output();
  }

  @Override
  public INDArray jvp(FlatVector v) {
    objective.requireVector(v, "v");
    long[] shape = open().outputShape();
    INDArray result = Backend.allocate(Backend.dataType(v.precision()), shape);
    open().jvp(v, result);
    return result;
  }

  @Override
  public void vjp(INDArray u, FlatVector result) {
    objective.requireVector(result, "the result");
    long[] shape = open().outputShape();
    if (!Arrays.equals(u.shape(), shape)) {
      throw new IllegalArgumentException(
          "u has shape " + Arrays.toString(u.shape()) + ", the output " + Arrays.toString(shape));
    }
    open().vjp(u, result);
  }

  @Override
  public void close() {
    if (model != null) {
      objective.giveBack(model);
      model = null;
      factor = null;
    }
  }
}
