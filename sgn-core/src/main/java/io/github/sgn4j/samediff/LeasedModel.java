package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.FactorKind;
import io.github.sgn4j.metric.Metric;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.DenseLayers;
import io.github.sgn4j.plan.LayerGram;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model with its loss, bound to one batch shape. Order of use: {@link #load}, {@link #evaluate},
 * then any number of the others, which refer to that evaluation. Used by one caller at a time.
 */
interface LeasedModel {

  /** The shape it is bound to. */
  BatchShape shape();

  /** Whether more than evaluations may be asked for. */
  boolean hasDerivatives();

  /** Whether it holds a share of the memory that workspaces may keep. */
  boolean keepsMemory();

  /** Tells that nobody will use it any more. */
  void release();

  /** What {@link #load} was told last, or null. */
  Object loaded();

  /**
   * Takes a batch.
   *
   * @param key what the batch is known by: nothing is done if it is loaded already
   */
  void load(Object key, BoundBatch batch);

  /** The loss and the metric, NaN without one. */
  Evaluation evaluate(FlatVector theta, Metric metric);

  /** The network's output; a copy. Needs no derivatives. */
  INDArray output();

  /** The output's shape; after {@link #evaluate}. */
  long[] outputShape();

  /** Overwrites the result with the gradient. */
  void gradient(FlatVector result);

  /** Overwrites the result with G v. */
  void ggnVectorProduct(FlatVector v, FlatVector result);

  /** Overwrites the result, of the output's shape, with J v. */
  void jvp(FlatVector v, INDArray result);

  /** Overwrites the result with J^T u. */
  void vjp(INDArray u, FlatVector result);

  /** Columns of the loss's factor for each sample, 0 if it has none; after {@link #evaluate}. */
  int factorColumns(FactorKind kind);

  /** The dense layers of any one part, or null; after {@link #evaluate}. */
  DenseLayers layers();

  /** Room for a matrix of this model. */
  LayerGram gram();

  /** Runs a task for every part of the batch; several at once. */
  void forEachPart(PartTask task);

  /**
   * As {@link #forEachPart}, then overwrites the result with the sum of what gradients they left.
   */
  void sumOverParts(FlatVector result, PartTask task);

  /** What is done with a part of the batch. */
  interface PartTask {

    /**
     * Runs it.
     *
     * @param part at the last evaluation's theta
     * @param firstSample number in the batch of the part's first sample
     */
    void run(BoundModel part, int firstSample);
  }
}
