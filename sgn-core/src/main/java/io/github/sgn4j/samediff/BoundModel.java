package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.LossKernel;
import io.github.sgn4j.metric.Metric;
import io.github.sgn4j.nd.BlasThreads;
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
    BlasThreads.enter();
    try {
      workspace.loadBatch(bound.leaves());
    } finally {
      BlasThreads.exit();
    }
    targets = bound.targets() != null ? bound.targets() : workspace.value(targetVariable);
    loaded = batch;
  }

  Evaluation evaluate(FlatVector theta, Metric metric) {
    BlasThreads.enter();
    try {
      workspace.forward(theta);
    } finally {
      BlasThreads.exit();
    }
    double value = loss.value(workspace.output(), targets);
    double measured = metric == null ? Double.NaN : metric.measure(workspace.output(), targets);
    return new Evaluation(value, measured);
  }

  INDArray output() {
    return workspace.output();
  }

  void gradient(FlatVector result) {
    BlasThreads.enter();
    try {
      loss.gradient(workspace.outputDerivative());
      workspace.vjp(result);
    } finally {
      BlasThreads.exit();
    }
  }

  void ggnVectorProduct(FlatVector v, FlatVector result) {
    BlasThreads.enter();
    try {
      workspace.jvp(v);
      loss.hessianVectorProduct(workspace.outputDerivative(), workspace.outputDerivative());
      workspace.vjp(result);
    } finally {
      BlasThreads.exit();
    }
  }

  void jvp(FlatVector v, INDArray result) {
    BlasThreads.enter();
    try {
      workspace.jvp(v);
    } finally {
      BlasThreads.exit();
    }
    result.assign(workspace.outputDerivative());
  }

  void vjp(INDArray u, FlatVector result) {
    workspace.outputDerivative().assign(u);
    BlasThreads.enter();
    try {
      workspace.vjp(result);
    } finally {
      BlasThreads.exit();
    }
  }
}
