package io.github.sgn4j.samediff;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.Plan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Decides how a batch is computed: in one piece, or in shards of samples, which several threads
 * share and of which only so many are kept as fit the memory. Shards depend on shapes and memory,
 * not on the number of threads, so that results do not either; unless memory is scarce: below 32
 * megabytes a thread.
 */
final class Sharding {

  /** Buffers of one shard, about: large enough to be worth a hand-over between threads. */
  private static final long SHARD_BYTES = 16L << 20;

  /** Numbers of shards are multiples of this: equal shares for two, four or eight threads. */
  private static final int GROUP = 8;

  /** Batches with fewer samples are computed in one piece. */
  private static final int MIN_SAMPLES = 16;

  private final Plan plan;
  private final LossBinding loss;
  private final int threads;
  private final MemoryBudget memory;
  private final Map<BatchShape, SampleCost> costs = new ConcurrentHashMap<>();

  Sharding(Plan plan, LossBinding loss, int threads, long memory) {
    this.plan = plan;
    this.loss = loss;
    this.threads = threads;
    this.memory = new MemoryBudget(memory);
  }

  /**
   * Binds the model to a batch's shapes.
   *
   * @param derivatives whether they will be asked for
   * @param dropIdle lets go of idle workspaces of other shapes; tells whether there were any
   * @throws IllegalArgumentException if it does not fit the memory
   */
  LeasedModel bind(
      BoundBatch batch,
      int samples,
      FlatVector theta,
      boolean derivatives,
      BooleanSupplier dropIdle) {
    if (samples < MIN_SAMPLES) {
      return BoundModel.bind(plan, loss, batch, theta);
    }
    SampleCost cost = cost(batch, theta);
    long bytes = Math.multiplyExact(cost.bytesPerSample(), samples);
    if (cost.coupling() != null) {
      requireFits(bytes, samples, cost.coupling());
      return BoundModel.bind(plan, loss, batch, theta);
    }
    long target =
        Math.max(SHARD_BYTES, 4L * theta.length() * Backend.dataType(theta.precision()).width());
    if (bytes <= Math.min(target, memory.limit())) {
      return BoundModel.bind(plan, loss, batch, theta);
    }
    // At least one shard a thread must fit, with as much again for what is kept.
    long scarce = memory.limit() / (2L * threads);
    int rows = rows(samples, Math.min(target, scarce), cost.bytesPerSample());
    long parameters = 2L * theta.length() * Backend.dataType(theta.precision()).width();
    long needed = bytes + parameters * ((samples + rows - 1) / rows);
    if (derivatives && needed > memory.free() && dropIdle.getAsBoolean()) {
      // Arrays off the heap are freed once their owners are collected; rare enough to ask for it.
      System.gc();
    }
    return new ShardedModel(plan, loss, batch, theta, rows, threads, derivatives ? memory : null);
  }

  /**
   * Why the samples of such a batch cannot be computed apart, or null: where they can, where there
   * are too few to try, and where the model declares their number.
   */
  String coupling(BoundBatch batch, int samples, FlatVector theta) {
    if (samples < SampleCost.PROBE) {
      return null;
    }
    SampleCost cost = cost(batch, theta);
    return cost.wasTried() ? cost.coupling() : null;
  }

  private static int rows(int samples, long bytes, long bytesPerSample) {
    long most = Math.max(1, bytes / bytesPerSample);
    long count = (samples + most - 1) / most;
    count = Math.min(samples, (count + GROUP - 1) / GROUP * GROUP);
    return (int) ((samples + count - 1) / count);
  }

  private SampleCost cost(BoundBatch batch, FlatVector theta) {
    BatchShape one = batch.samples(0, 1).shape();
    SampleCost cost = costs.get(one);
    if (cost == null) {
      cost = SampleCost.measure(plan, loss, batch, theta);
      // What failed may have failed for this batch's values: another one is tried again.
      if (cost.wasTried()) {
        costs.put(one, cost);
      }
    }
    return cost;
  }

  private void requireFits(long bytes, int samples, String coupling) {
    if (bytes > memory.limit()) {
      throw new IllegalArgumentException(
          "a batch of "
              + samples
              + " samples needs about "
              + megabytes(bytes)
              + " MB, more than the "
              + megabytes(memory.limit())
              + " MB allowed, and it cannot be computed in parts: "
              + coupling
              + "; use a smaller batch or allow more memory");
    }
  }

  private static long megabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
