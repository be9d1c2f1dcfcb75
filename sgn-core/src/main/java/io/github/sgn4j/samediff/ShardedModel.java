package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.FactorKind;
import io.github.sgn4j.metric.Metric;
import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.DenseLayers;
import io.github.sgn4j.plan.LayerGram;
import io.github.sgn4j.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model whose batch is computed in shards of samples. Means over the batch are means over shards
 * weighted by their sizes, added up in the shards' order.
 *
 * <p>As many shards as the memory allows have a workspace of their own and keep what an evaluation
 * computed. The others take turns with one workspace per thread and evaluate again for every
 * product.
 */
final class ShardedModel implements LeasedModel {

  private final List<Shard> shards = new ArrayList<>();
  private final List<BoundModel> spare = new ArrayList<>();
  private final BatchShape shape;
  private final int samples;
  private final int threads;
  private final MemoryBudget memory;
  private final long taken;
  private final FlatVector theta;
  private final LayerGram gram = new LayerGram();
  private Object loaded;

  /**
   * Binds all shards.
   *
   * @param rows samples in a shard; the last one holds what is left
   * @param memory what shards that are kept take from; null if only evaluations will be asked for,
   *     for which none is kept
   */
  ShardedModel(
      Plan plan,
      LossBinding loss,
      BoundBatch batch,
      FlatVector theta,
      int rows,
      int threads,
      MemoryBudget memory) {
    this.shape = batch.shape();
    this.memory = memory;
    this.theta = theta.copy();
    INDArray first = batch.leaves().values().iterator().next();
    this.samples = Math.toIntExact(first.size(0));
    for (int from = 0; from < samples; from += rows) {
      shards.add(new Shard(from, Math.min(samples, from + rows)));
    }
    this.threads = Math.min(threads, shards.size());
    BoundBatch full = batch.samples(0, rows);
    int keep = 0;
    long bytes = 0;
    if (memory != null) {
      BoundModel model = BoundModel.bind(plan, loss, full, theta);
      model.bindDerivatives(theta);
      bytes = model.workspace().bytes();
      keep = memory.take(shards.size(), bytes);
      spare.add(model);
    }
    this.taken = keep * bytes;
    if (keep < shards.size()) {
      // The spare workspaces come first: without them, the shards that are not kept cannot run.
      keep = Math.max(0, keep - this.threads - 1);
    }
    boolean done = false;
    try {
      bindShards(plan, loss, batch, full, keep);
      done = true;
    } finally {
      if (!done) {
        release();
      }
    }
  }

  private void bindShards(
      Plan plan, LossBinding loss, BoundBatch batch, BoundBatch full, int keep) {
    int rows = shards.get(0).size();
    for (int i = 0; i < keep; i++) {
      Shard shard = shards.get(i);
      shard.own =
          shard.size() == rows && !spare.isEmpty()
              ? spare.remove(0)
              : BoundModel.bind(plan, loss, batch.samples(shard.from, shard.to), theta);
    }
    bindSpare(plan, loss, full, keep);
    Shard last = shards.get(shards.size() - 1);
    if (last.own == null && last.size() != rows) {
      last.odd = BoundModel.bind(plan, loss, batch.samples(last.from, last.to), theta);
    }
  }

  private void bindSpare(Plan plan, LossBinding loss, BoundBatch full, int keep) {
    int wanted = Math.min(threads, shards.size() - keep);
    while (spare.size() > wanted) {
      spare.remove(spare.size() - 1);
    }
    while (spare.size() < wanted) {
      spare.add(BoundModel.bind(plan, loss, full, theta));
    }
  }

  /** Number of shards. */
  int shardCount() {
    return shards.size();
  }

  /** Number of shards with a workspace of their own. */
  int keptCount() {
    return (int) shards.stream().filter(s -> s.own != null).count();
  }

  @Override
  public boolean hasDerivatives() {
    return memory != null;
  }

  @Override
  public boolean keepsMemory() {
    return taken > 0;
  }

  @Override
  public void release() {
    if (memory != null) {
      memory.giveBack(taken);
    }
  }

  @Override
  public BatchShape shape() {
    return shape;
  }

  @Override
  public Object loaded() {
    return loaded;
  }

  @Override
  public void load(Object key, BoundBatch batch) {
    if (key == loaded) {
      return;
    }
    loaded = null;
    for (Shard shard : shards) {
      shard.batch = batch.samples(shard.from, shard.to);
    }
    OrderedRun.run(
        shards.size(),
        threads,
        (i, worker) -> {
          Shard shard = shards.get(i);
          if (shard.own != null) {
            shard.own.load(shard.batch, shard.batch);
          }
          return true;
        });
    loaded = key;
  }

  /** The shard's model with its samples loaded. */
  private BoundModel model(Shard shard, int worker) {
    BoundModel model = shard.own;
    if (model == null) {
      model = shard.odd != null ? shard.odd : spare.get(worker);
      model.load(shard.batch, shard.batch);
    }
    shard.ran = model;
    return model;
  }

  /** As {@link #model}, evaluated at the last evaluation's theta. */
  private BoundModel evaluated(Shard shard, int worker) {
    BoundModel model = model(shard, worker);
    if (shard.own == null) {
      model.evaluate(theta, null);
    }
    return model;
  }

  @Override
  public Evaluation evaluate(FlatVector at, Metric metric) {
    if (at != theta) {
      theta.assign(at);
    }
    double[] sums = new double[2];
    Evaluation[] parts = new Evaluation[shards.size()];
    OrderedRun.run(
        shards.size(),
        threads,
        new OrderedRun.Tasks() {
          @Override
          public boolean run(int i, int worker) {
            Shard shard = shards.get(i);
            try {
              parts[i] = model(shard, worker).evaluate(theta, metric);
            } catch (IllegalArgumentException e) {
              // Whatever was found wrong with a sample was told by its number in the shard.
              throw new IllegalArgumentException(
                  "among samples " + shard.from + " to " + (shard.to - 1) + ": " + e.getMessage(),
                  e);
            }
            return true;
          }

          @Override
          public void finish(int i) {
            sums[0] += weight(i) * parts[i].loss();
            sums[1] += weight(i) * parts[i].metric();
          }
        });
    return new Evaluation(sums[0], sums[1]);
  }

  private double weight(int i) {
    return (double) shards.get(i).size() / samples;
  }

  /**
   * Runs what leaves its result in a shard's workspace, and adds up.
   *
   * @param mean whether the results are means over the shards' samples, or else sums
   */
  private void sum(FlatVector result, boolean mean, PartTask task) {
    result.fill(0);
    OrderedRun.run(
        shards.size(),
        threads,
        new OrderedRun.Tasks() {
          @Override
          public boolean run(int i, int worker) {
            Shard shard = shards.get(i);
            task.run(evaluated(shard, worker), shard.from);
            return shard.own != null;
          }

          @Override
          public void finish(int i) {
            shards.get(i).ran.addTo(result, mean ? weight(i) : 1);
          }
        });
  }

  @Override
  public void gradient(FlatVector result) {
    sum(result, true, (model, first) -> model.gradient());
  }

  @Override
  public void ggnVectorProduct(FlatVector v, FlatVector result) {
    sum(result, true, (model, first) -> model.ggnVectorProduct(v));
  }

  @Override
  public void vjp(INDArray u, FlatVector result) {
    sumOverParts(
        result,
        (model, first) -> {
          int size = (int) model.outputShape()[0];
          model.vjp(BoundBatch.samples(u, first, first + size));
        });
  }

  @Override
  public void jvp(FlatVector v, INDArray result) {
    forEachPart(
        (model, first) -> {
          int size = (int) model.outputShape()[0];
          model.jvp(v, BoundBatch.samples(result, first, first + size));
        });
  }

  @Override
  public void forEachPart(PartTask task) {
    OrderedRun.run(
        shards.size(),
        threads,
        (i, worker) -> {
          Shard shard = shards.get(i);
          task.run(evaluated(shard, worker), shard.from);
          return true;
        });
  }

  @Override
  public void sumOverParts(FlatVector result, PartTask task) {
    sum(result, false, task);
  }

  @Override
  public int factorColumns(FactorKind kind) {
    return shards.get(0).ran.factorColumns(kind);
  }

  @Override
  public DenseLayers layers() {
    return shards.get(0).ran.layers();
  }

  @Override
  public LayerGram gram() {
    return gram;
  }

  @Override
  public long[] outputShape() {
    long[] whole = shards.get(0).ran.outputShape().clone();
    whole[0] = samples;
    return whole;
  }

  @Override
  public INDArray output() {
    INDArray result = Backend.allocate(Backend.dataType(theta.precision()), outputShape());
    forEachPart(
        (model, first) -> {
          INDArray output = model.workspace().output();
          BoundBatch.samples(result, first, first + (int) output.size(0)).assign(output);
        });
    return result;
  }

  /** Consecutive samples of the batch. */
  private static final class Shard {
    private final int from;
    private final int to;
    private BoundBatch batch;

    /** Its workspace if it is kept. */
    private BoundModel own;

    /** Its workspace if it is not kept and has another size than all others. */
    private BoundModel odd;

    /** What ran it last. */
    private BoundModel ran;

    Shard(int from, int to) {
      this.from = from;
      this.to = to;
    }

    int size() {
      return to - from;
    }
  }
}
