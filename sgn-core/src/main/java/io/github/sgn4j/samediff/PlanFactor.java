package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.FactorKind;
import io.github.sgn4j.loss.LossFactor;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.DenseLayers;
import io.github.sgn4j.plan.LayerGram;
import io.github.sgn4j.plan.Workspace;

/**
 * The factor A = S^T J of a SameDiff model: products by the plan's jvp and vjp with the loss's S
 * between; matrices by one backward pass for each column of S, with that column of all samples in
 * the output's adjoint. A batch in shards has its rows and its sums shard by shard.
 */
final class PlanFactor implements CurvatureFactor {

  private final PlanLinearization linearization;
  private final FactorKind kind;
  private final int samples;
  private final int columns;

  PlanFactor(PlanLinearization linearization, FactorKind kind, int samples, int columns) {
    this.linearization = linearization;
    this.kind = kind;
    this.samples = samples;
    this.columns = columns;
  }

  private LeasedModel model() {
    return linearization.open(this);
  }

  @Override
  public int rows() {
    return Math.multiplyExact(samples, columns);
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int dimension() {
    return linearization.dimension();
  }

  @Override
  public void multiply(FlatVector v, FlatVector result) {
    linearization.requireVector(v, "v");
    requireRows(result, "the result");
    model()
        .forEachPart(
            (part, first) -> {
              Workspace workspace = part.workspace();
              workspace.jvp(v);
              part.factor(kind, first, samples)
                  .multiplyTransposed(workspace.outputDerivative(), result, first * columns);
            });
  }

  @Override
  public void multiplyTransposed(FlatVector u, FlatVector result) {
    requireRows(u, "u");
    linearization.requireVector(result, "the result");
    model()
        .sumOverParts(
            result,
            (part, first) -> {
              Workspace workspace = part.workspace();
              part.factor(kind, first, samples)
                  .multiply(u, first * columns, workspace.outputDerivative());
              workspace.vjp();
            });
  }

  @Override
  public boolean isLayered() {
    return model().layers() != null;
  }

  @Override
  public void diagonal(FlatVector result) {
    linearization.requireVector(result, "the result");
    LeasedModel model = model();
    requireLayers(model);
    model.sumOverParts(
        result,
        (part, first) -> {
          DenseLayers layers = part.layers();
          // Makes the buffers of adjoints, if it is the first to ask for them.
          part.workspace().outputDerivative();
          layers.clearSquares();
          forEachColumn(part, first, k -> layers.addSquares());
          layers.finishSquares();
        });
  }

  @Override
  public void gram(double[] result) {
    LeasedModel model = model();
    DenseLayers any = requireLayers(model);
    requireLength(result, (long) rows() * rows(), "rows * rows");
    LayerGram gram = model.gram();
    gram.begin(any, samples, columns);
    model.forEachPart(
        (part, first) -> {
          gram.takeInputs(part.layers(), first);
          forEachColumn(part, first, k -> gram.takeAdjoints(part.layers(), first, k));
        });
    gram.compute(any, result);
  }

  @Override
  public void matrix(double[] result) {
    LeasedModel model = model();
    requireLayers(model);
    requireLength(result, (long) rows() * dimension(), "rows * dimension");
    model.forEachPart(
        (part, first) ->
            forEachColumn(
                part, first, k -> part.layers().writeRows(result, first * columns + k, columns)));
  }

  /** Runs a backward pass for each column, and then a task. */
  private void forEachColumn(BoundModel part, int first, ColumnTask task) {
    Workspace workspace = part.workspace();
    LossFactor factor = part.factor(kind, first, samples);
    for (int k = 0; k < columns; k++) {
      factor.column(k, workspace.outputDerivative());
      workspace.backpropagate();
      task.run(k);
    }
  }

  private interface ColumnTask {
    void run(int column);
  }

  private static DenseLayers requireLayers(LeasedModel model) {
    DenseLayers layers = model.layers();
    if (layers == null) {
      throw new UnsupportedOperationException(
          "rows of the factor are computed layer by layer only where every parameter is a weight or"
              + " bias of one dense layer and rows of a batch do not mix; estimate the diagonal by"
              + " Hutchinson's method from products with random signs, or use products alone");
    }
    return layers;
  }

  private void requireRows(FlatVector vector, String what) {
    if (vector.length() != rows()) {
      throw new IllegalArgumentException(
          what
              + " has "
              + vector.length()
              + " elements; this factor has "
              + rows()
              + " rows, "
              + columns
              + " for each of "
              + samples
              + " samples");
    }
  }

  private static void requireLength(double[] array, long length, String what) {
    if (array.length != length) {
      throw new IllegalArgumentException(
          "the result has " + array.length + " elements; needed are " + what + " = " + length);
    }
  }
}
