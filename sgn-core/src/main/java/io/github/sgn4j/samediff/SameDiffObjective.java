package io.github.sgn4j.samediff;

import io.github.sgn4j.metric.Metric;
import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.BlasThreads;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchGroup;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.LossFamily;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.plan.Plan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A SameDiff model with a loss as an objective over {@link ArrayBatch}es.
 *
 * <pre>{@code
 * SameDiffObjective objective = SameDiffObjective.builder(model)
 *     .inputs("x").output("logits").loss(Losses.softmaxCrossEntropy()).build();
 * }</pre>
 *
 * <p>The model's graph is differentiated and compiled when the objective is built and must not
 * change afterwards; frozen variables and constants keep the values that they have then.
 * Evaluations and linearizations may be asked for by several threads.
 */
public final class SameDiffObjective implements Objective {

  private static final int IDLE_WORKSPACES = 6;

  private final SameDiff model;
  private final Plan plan;
  private final Metric metric;
  private final LossFamily lossFamily;
  private final List<String> inputs;
  private final List<String> targets;
  private final BatchReader reader;
  private final Sharding sharding;
  private final WorkspacePool pool = new WorkspacePool(IDLE_WORKSPACES);
  private final BlasThreads.Lease blasThreads = BlasThreads.single(this);
  private volatile LastBatch lastBatch;
  private volatile boolean closed;

  SameDiffObjective(
      SameDiff model,
      Plan plan,
      LossBinding loss,
      Metric metric,
      List<String> inputs,
      List<String> targets,
      BatchReader reader,
      int threads,
      long memory) {
    this.model = model;
    this.plan = plan;
    this.metric = metric;
    this.lossFamily = loss.loss().family();
    this.inputs = List.copyOf(inputs);
    this.targets = List.copyOf(targets);
    this.reader = reader;
    this.sharding = new Sharding(plan, loss, threads, memory);
  }

  /** Starts an objective for that model. */
  public static SameDiffObjectiveBuilder builder(SameDiff model) {
    return new SameDiffObjectiveBuilder(model);
  }

  /** Placeholders that a batch's inputs are bound to, in order. */
  public List<String> inputs() {
    return inputs;
  }

  /** Names that a batch's targets are bound to, in order. */
  public List<String> targets() {
    return targets;
  }

  @Override
  public ParameterSpace parameters() {
    return plan.parameters();
  }

  @Override
  public Precision precision() {
    return plan.precision();
  }

  @Override
  public LossFamily lossFamily() {
    return lossFamily;
  }

  @Override
  public boolean fixesBatchSize() {
    return reader.shapes().values().stream()
        .anyMatch(shape -> shape != null && shape.length > 0 && shape[0] >= 0);
  }

  @Override
  public Optional<String> coupling(FlatVector theta, Batch batch) {
    ArrayBatch arrays = requireUsable(theta, batch);
    return Optional.ofNullable(sharding.coupling(read(arrays), arrays.size(), theta));
  }

  @Override
  public FlatVector initialParameters() {
    FlatVector theta = FlatVector.zeros(precision(), parameters());
    for (Parameter parameter : parameters().all()) {
      INDArray array = model.getVariable(parameter.name()).getArr().dup('c');
      HostArray.of(array).readInto(theta, parameter.offset());
    }
    return theta;
  }

  @Override
  public void publish(FlatVector theta) {
    requireVector(theta, "theta");
    for (Parameter parameter : parameters().all()) {
      INDArray array = Backend.allocate(Backend.dataType(precision()), parameter.shape());
      HostArray.of(array).writeFrom(theta, parameter.offset());
      model.associateArrayWithVariable(array, model.getVariable(parameter.name()));
    }
  }

  @Override
  public Evaluation evaluate(FlatVector theta, Batch batch) {
    LeasedModel leased = lease(theta, batch, false);
    try {
      return leased.evaluate(theta, metric);
    } finally {
      giveBack(leased);
    }
  }

  /**
   * The network's output before the loss.
   *
   * @return a copy, batch first
   */
  public INDArray output(FlatVector theta, Batch batch) {
    LeasedModel leased = lease(theta, batch, false);
    try {
      leased.evaluate(theta, null);
      return leased.output();
    } finally {
      giveBack(leased);
    }
  }

  @Override
  public LocalLinearization linearize(FlatVector theta, Batch batch) {
    LeasedModel leased = lease(theta, batch, true);
    boolean done = false;
    try {
      Evaluation evaluation = leased.evaluate(theta, metric);
      done = true;
      return new PlanLinearization(this, leased, evaluation, batch.size());
    } finally {
      if (!done) {
        giveBack(leased);
      }
    }
  }

  private ArrayBatch requireUsable(FlatVector theta, Batch batch) {
    if (closed) {
      throw new IllegalStateException("this objective is closed");
    }
    requireVector(theta, "theta");
    if (batch instanceof ArrayBatch arrays) {
      return arrays;
    }
    throw new IllegalArgumentException(
        "a SameDiffObjective takes an ArrayBatch, got "
            + batch.getClass().getName()
            + (batch instanceof BatchGroup ? "; wrap it in an AccumulatingObjective" : ""));
  }

  private LeasedModel lease(FlatVector theta, Batch batch, boolean derivatives) {
    ArrayBatch arrays = requireUsable(theta, batch);
    BoundBatch bound = read(arrays);
    LeasedModel leased =
        pool.lease(
            arrays,
            bound.shape(),
            derivatives,
            () ->
                sharding.bind(
                    bound,
                    arrays.size(),
                    theta,
                    derivatives,
                    () -> pool.dropOthers(bound.shape())));
    boolean done = false;
    try {
      leased.load(arrays, bound);
      done = true;
      return leased;
    } finally {
      if (!done) {
        giveBack(leased);
      }
    }
  }

  /** A step asks for the same batch several times. */
  private BoundBatch read(ArrayBatch batch) {
    LastBatch last = lastBatch;
    if (last == null || last.batch() != batch) {
      last = new LastBatch(batch, reader.read(batch));
      lastBatch = last;
    }
    return last.bound();
  }

  void giveBack(LeasedModel leased) {
    if (closed) {
      leased.release();
    } else {
      pool.giveBack(leased);
    }
  }

  void requireVector(FlatVector vector, String what) {
    if (vector.length() != parameters().dimension() || vector.precision() != precision()) {
      throw new IllegalArgumentException(
          what
              + " has "
              + vector.length()
              + " elements of "
              + vector.precision()
              + "; this objective needs "
              + parameters().dimension()
              + " of "
              + precision());
    }
  }

  /** How the idle workspace that was used last computes: shards kept "of" shards. */
  String lastShards() {
    return pool.newest() instanceof ShardedModel sharded
        ? sharded.keptCount() + " of " + sharded.shardCount()
        : "1 of 1";
  }

  /** Number of workspaces that wait for use; bounded. */
  int idleWorkspaces() {
    return pool.idleCount();
  }

  @Override
  public void close() {
    closed = true;
    lastBatch = null;
    pool.clear();
    blasThreads.close();
  }

  private record LastBatch(ArrayBatch batch, BoundBatch bound) {}

  /** Checks a batch's arrays against the model's placeholders and brings them into form. */
  record BatchReader(
      List<String> inputs,
      List<String> targets,
      String lossTarget,
      Map<String, long[]> shapes,
      Map<String, DataType> types,
      DataType outputType) {

    BoundBatch read(ArrayBatch batch) {
      requireCount("inputs", inputs, batch.inputs().size());
      requireCount("targets", targets, batch.targets().size());
      Map<String, INDArray> leaves = new LinkedHashMap<>();
      INDArray free = null;
      for (int i = 0; i < inputs.size(); i++) {
        // What the trained part of the graph does not read is let be, targets as well.
        if (!types.containsKey(inputs.get(i))) {
          continue;
        }
        put(inputs.get(i), batch.inputs().get(i), leaves);
      }
      for (int i = 0; i < targets.size(); i++) {
        String name = targets.get(i);
        INDArray array = batch.targets().get(i);
        if (types.containsKey(name)) {
          put(name, array, leaves);
        } else if (name.equals(lossTarget)) {
          free = contiguous(array.dataType().isFPType() ? typed(array, outputType) : array);
        }
      }
      return BoundBatch.of(leaves, free);
    }

    private static void requireCount(String what, List<String> names, int count) {
      if (names.size() != count) {
        throw new IllegalArgumentException(
            "the batch holds " + count + " " + what + ", the objective takes " + names);
      }
    }

    private void put(String name, INDArray array, Map<String, INDArray> leaves) {
      long[] declared = shapes.get(name);
      if (declared != null && !fits(declared, array.shape())) {
        throw new IllegalArgumentException(
            "the array for '"
                + name
                + "' has shape "
                + Arrays.toString(array.shape())
                + ", the model declares "
                + Arrays.toString(declared));
      }
      leaves.put(name, contiguous(typed(array, types.get(name))));
    }

    private static INDArray typed(INDArray array, DataType type) {
      return array.dataType() == type ? array : array.castTo(type);
    }

    private static boolean fits(long[] declared, long[] shape) {
      if (declared.length != shape.length) {
        return false;
      }
      for (int i = 0; i < shape.length; i++) {
        if (declared[i] >= 0 && declared[i] != shape[i]) {
          return false;
        }
      }
      return true;
    }

    private static INDArray contiguous(INDArray array) {
      return HostArray.isContiguous(array) ? array : array.dup('c');
    }
  }
}
