package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.FactorKind;
import io.github.sgn4j.loss.LossFactor;
import io.github.sgn4j.loss.LossKernel;
import io.github.sgn4j.metric.Metric;
import io.github.sgn4j.nd.OpThreads;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.DenseLayers;
import io.github.sgn4j.plan.LayerGram;
import io.github.sgn4j.plan.Plan;
import io.github.sgn4j.plan.Workspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan's workspace with the loss on top, in one piece and run by the calling thread alone. */
final class BoundModel implements LeasedModel {

  private final Workspace workspace;
  private final LossKernel loss;
  private final String targetVariable;
  private final BatchShape shape;
  private Object loaded;
  private INDArray targets;
  private LayerGram gram;
  private LossFactor factor;
  private FactorKind factorKind;
  private int factorStart;

  private BoundModel(Workspace workspace, LossKernel loss, String target, BatchShape shape) {
    this.workspace = workspace;
    this.loss = loss;
    this.targetVariable = target;
    this.shape = shape;
  }

  /** Binds a plan and a loss to a batch's shapes; runs them once. */
  static BoundModel bind(Plan plan, LossBinding loss, BoundBatch batch, FlatVector theta) {
    int threads = OpThreads.single();
    try {
      Workspace workspace = plan.bind(batch.leaves(), theta);
      INDArray output = workspace.output();
      INDArray target = batch.targets() != null ? batch.targets() : workspace.value(loss.target());
      LossKernel kernel =
          loss.loss().bind(output.dataType(), output.shape(), target.dataType(), target.shape());
      return new BoundModel(workspace, kernel, loss.target(), batch.shape());
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public BatchShape shape() {
    return shape;
  }

  @Override
  public boolean hasDerivatives() {
    return true;
  }

  @Override
  public boolean keepsMemory() {
    return false;
  }

  @Override
  public void release() {}

  @Override
  public Object loaded() {
    return loaded;
  }

  Workspace workspace() {
    return workspace;
  }

  @Override
  public void load(Object key, BoundBatch batch) {
    if (key == loaded) {
      return;
    }
    loaded = null;
    int threads = OpThreads.single();
    try {
      workspace.loadBatch(batch.leaves());
      targets = batch.targets() != null ? batch.targets() : workspace.value(targetVariable);
      loaded = key;
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public Evaluation evaluate(FlatVector theta, Metric metric) {
    int threads = OpThreads.single();
    try {
      factor = null;
      workspace.forward(theta);
      double value = loss.value(workspace.output(), targets);
      double measured = metric == null ? Double.NaN : metric.measure(workspace.output(), targets);
      return new Evaluation(value, measured);
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public INDArray output() {
    return workspace.output().dup('c');
  }

  @Override
  public long[] outputShape() {
    return workspace.output().shape();
  }

  @Override
  public void gradient(FlatVector result) {
    int threads = OpThreads.single();
    try {
      loss.gradient(workspace.outputDerivative());
      workspace.vjp(result);
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public void ggnVectorProduct(FlatVector v, FlatVector result) {
    int threads = OpThreads.single();
    try {
      workspace.jvp(v);
      loss.hessianVectorProduct(workspace.outputDerivative(), workspace.outputDerivative());
      workspace.vjp(result);
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public void jvp(FlatVector v, INDArray result) {
    int threads = OpThreads.single();
    try {
      workspace.jvp(v);
      result.assign(workspace.outputDerivative());
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public void vjp(INDArray u, FlatVector result) {
    int threads = OpThreads.single();
    try {
      workspace.outputDerivative().assign(u);
      workspace.vjp(result);
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public int factorColumns(FactorKind kind) {
    return loss.factorColumns(kind);
  }

  @Override
  public DenseLayers layers() {
    return workspace.denseLayers();
  }

  @Override
  public LayerGram gram() {
    if (gram == null) {
      gram = new LayerGram();
    }
    return gram;
  }

  @Override
  public void forEachPart(PartTask task) {
    int threads = OpThreads.single();
    try {
      task.run(this, 0);
    } finally {
      OpThreads.restore(threads);
    }
  }

  @Override
  public void sumOverParts(FlatVector result, PartTask task) {
    forEachPart(task);
    workspace.readInto(result);
  }

  /**
   * The loss's factor at the last evaluation.
   *
   * @param firstSample number of this model's first sample in the whole batch
   * @param batchSamples samples of the whole batch
   */
  LossFactor factor(FactorKind kind, int firstSample, int batchSamples) {
    if (factor == null || !kind.equals(factorKind) || firstSample != factorStart) {
      factor = loss.factor(kind, firstSample, batchSamples);
      factorKind = kind;
      factorStart = firstSample;
    }
    return factor;
  }

  /** As {@link #gradient}; the result stays in the workspace until {@link #addTo}. */
  void gradient() {
    loss.gradient(workspace.outputDerivative());
    workspace.vjp();
  }

  /** As {@link #ggnVectorProduct}; the result stays in the workspace. */
  void ggnVectorProduct(FlatVector v) {
    workspace.jvp(v);
    loss.hessianVectorProduct(workspace.outputDerivative(), workspace.outputDerivative());
    workspace.vjp();
  }

  /** As {@link #vjp(INDArray, FlatVector)}; the result stays in the workspace. */
  void vjp(INDArray u) {
    workspace.outputDerivative().assign(u);
    workspace.vjp();
  }

  /** Adds what stayed in the workspace, times a factor. */
  void addTo(FlatVector sum, double factor) {
    workspace.addTo(sum, factor);
  }

  /** Makes the derivatives' buffers, so that {@link Workspace#bytes} counts them. */
  void bindDerivatives(FlatVector theta) {
    int threads = OpThreads.single();
    try {
      workspace.prepare(theta);
    } finally {
      OpThreads.restore(threads);
    }
  }
}
