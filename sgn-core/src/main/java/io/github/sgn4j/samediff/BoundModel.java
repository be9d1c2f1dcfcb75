package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.LossKernel;
import io.github.sgn4j.metric.Metric;
import io.github.sgn4j.nd.OpThreads;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.Workspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan's workspace with the loss on top, for one batch shape. Used by one caller at a time. */
final class BoundModel {

  private final Workspace workspace;
  private final LossKernel loss;
  private final BatchShape shape;
  private ArrayBatch loaded;
  private INDArray targets;

  BoundModel(Workspace workspace, LossKernel loss, BatchShape shape) {
    this.workspace = workspace;
    this.loss = loss;
    this.shape = shape;
  }

  BatchShape shape() {
    return shape;
  }

  /** The batch that is loaded, or null. */
  ArrayBatch loaded() {
    return loaded;
  }

  void load(ArrayBatch batch, BoundBatch bound, String targetVariable) {
    if (batch == loaded) {
      return;
    }
    loaded = null;
    workspace.loadBatch(bound.leaves());
    targets = bound.targets() != null ? bound.targets() : workspace.value(targetVariable);
    loaded = batch;
  }

  Evaluation evaluate(FlatVector theta, Metric metric) {
    int threads = OpThreads.single();
    try {
      workspace.forward(theta);
      double value = loss.value(workspace.output(), targets);
      double measured = metric == null ? Double.NaN : metric.measure(workspace.output(), targets);
      return new Evaluation(value, measured);
    } finally {
      OpThreads.restore(threads);
    }
  }

  INDArray output() {
    return workspace.output();
  }

  void gradient(FlatVector result) {
    int threads = OpThreads.single();
    try {
      loss.gradient(workspace.outputDerivative());
      workspace.vjp(result);
    } finally {
      OpThreads.restore(threads);
    }
  }

  void ggnVectorProduct(FlatVector v, FlatVector result) {
    int threads = OpThreads.single();
    try {
      workspace.jvp(v);
      loss.hessianVectorProduct(workspace.outputDerivative(), workspace.outputDerivative());
      workspace.vjp(result);
    } finally {
      OpThreads.restore(threads);
    }
  }

  void jvp(FlatVector v, INDArray result) {
    int threads = OpThreads.single();
    try {
      workspace.jvp(v);
      result.assign(workspace.outputDerivative());
    } finally {
      OpThreads.restore(threads);
    }
  }

  void vjp(INDArray u, FlatVector result) {
    int threads = OpThreads.single();
    try {
      workspace.outputDerivative().assign(u);
      workspace.vjp(result);
    } finally {
      OpThreads.restore(threads);
    }
  }
}
