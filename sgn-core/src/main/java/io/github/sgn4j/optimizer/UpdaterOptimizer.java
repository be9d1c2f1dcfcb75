package io.github.sgn4j.optimizer;

import io.github.sgn4j.objective.DoubleVector;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.FloatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException.Where;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Any of ND4J's updaters (Adam, Nesterovs, RmsProp, ...) on an objective of this library, so that
 * comparisons share everything but the update rule.
 *
 * <p>The updater sees the step number, from 0, as its iteration, and epoch 0 always: a
 * learning-rate schedule by epochs stays at its start.
 */
public final class UpdaterOptimizer extends FirstOrder {

  private final String name;
  private final IUpdater config;
  private final GradientUpdater<?> updater;
  private final FlatVector moved;
  // Native copies, since updaters work on arrays. The update replaces the gradient in place.
  private final INDArray update;
  private final INDArray state;
  private final INDArray stateBefore;
  private final FlatVector memory;

  /**
   * An optimizer that starts at the objective's initial parameters; the updater is copied.
   *
   * @throws IllegalArgumentException if ND4J cannot set the updater up (AdaBelief in 1.0.0-M2.1)
   */
  public UpdaterOptimizer(Objective objective, IUpdater updater) {
    super(objective);
    name = updater.getClass().getSimpleName();
    config = updater.clone();
    moved = theta().like();
    int n = theta().length();
    DataType type = objective.precision() == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    long stateSize = config.stateSize(n);
    if (stateSize > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          name + " needs a state of " + stateSize + " numbers; fewer than 2^31 are possible");
    }
    memory = FlatVector.zeros(theta().precision(), (int) stateSize);
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      update = Nd4j.create(type, 1, n);
      state = stateSize == 0 ? null : Nd4j.create(type, 1, stateSize);
      stateBefore = stateSize == 0 ? null : Nd4j.create(type, 1, stateSize);
    }
    this.updater = instantiate();
  }

  private GradientUpdater<?> instantiate() {
    try {
      return config.instantiate(state, true);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "ND4J cannot set up its " + name + " on a flat state; use another updater", e);
    }
  }

  @Override
  void update(FlatVector theta, FlatVector gradient, long t, StepReport.Builder report) {
    int iteration = (int) Math.min(t - 1, Integer.MAX_VALUE);
    if (config.hasLearningRate()) {
      report.learningRate = config.getLearningRate(iteration, 0);
    }
    if (state != null) {
      stateBefore.assign(state);
    }
    write(gradient, update);
    updater.applyUpdater(update, iteration, 0);
    read(update, moved);
    // theta - update: not finite where the update is not.
    moved.axpby(1, theta, -1);
    if (!moved.isFinite()) {
      if (state != null) {
        state.assign(stateBefore);
      }
      report.require(false, Where.DIRECTION);
    }
    theta.assign(moved);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptimizerState state() {
    if (state != null) {
      read(state, memory);
    }
    return OptimizerState.builder(stepCount(), theta()).optimizer(name).memory(memory).build();
  }

  @Override
  public void restore(OptimizerState before) {
    before.check(name, theta(), memory.length());
    restoreCommon(before);
    if (state != null) {
      write(before.memoryView(), state);
    }
  }

  private static void write(FlatVector from, INDArray to) {
    if (from instanceof FloatVector x) {
      to.data().asNioFloat().put(x.array(), x.arrayOffset(), x.length());
    } else if (from instanceof DoubleVector x) {
      to.data().asNioDouble().put(x.array(), x.arrayOffset(), x.length());
    }
    Nd4j.getAffinityManager().tagLocation(to, Location.HOST);
  }

  private static void read(INDArray from, FlatVector to) {
    Nd4j.getAffinityManager().ensureLocation(from, Location.HOST);
    if (to instanceof FloatVector x) {
      from.data().asNioFloat().get(x.array(), x.arrayOffset(), x.length());
    } else if (to instanceof DoubleVector x) {
      from.data().asNioDouble().get(x.array(), x.arrayOffset(), x.length());
    }
  }
}
