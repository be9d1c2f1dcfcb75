package io.github.sgn4j.samediff;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Idle workspaces, most recently used first, with a bound on their number: an epoch's full and last
 * batch, a test set, and a linearization that stays open while the line search evaluates.
 */
final class WorkspacePool {

  private final int capacity;
  private final Deque<LeasedModel> idle = new ArrayDeque<>();

  WorkspacePool(int capacity) {
    this.capacity = capacity;
  }

  /**
   * A workspace of that shape, best the one that has the batch loaded; made if there is none.
   *
   * @param derivatives whether more than evaluations will be asked for
   */
  LeasedModel lease(
      ArrayBatch batch, BatchShape shape, boolean derivatives, Supplier<LeasedModel> maker) {
    LeasedModel found = take(batch, shape, derivatives);
    return found != null ? found : maker.get();
  }

  private synchronized LeasedModel take(ArrayBatch batch, BatchShape shape, boolean derivatives) {
    LeasedModel best = null;
    for (LeasedModel model : idle) {
      if (derivatives && !model.hasDerivatives()) {
        continue;
      }
      if (model.loaded() == batch) {
        best = model;
        break;
      }
      if (best == null && model.shape().equals(shape)) {
        best = model;
      }
    }
    if (best != null) {
      idle.remove(best);
    }
    return best;
  }

  /** Gives a workspace back. */
  synchronized void giveBack(LeasedModel model) {
    idle.addFirst(model);
    Iterator<LeasedModel> oldest = idle.descendingIterator();
    while (idle.size() > capacity) {
      oldest.next().release();
      oldest.remove();
    }
  }

  /**
   * Lets go of the workspaces for derivatives of other shapes: memory is short, and the shape that
   * is asked for now comes first.
   *
   * @return whether there were any
   */
  synchronized boolean dropOthers(BatchShape shape) {
    return idle.removeIf(
        model -> {
          boolean drop = model.keepsMemory() && !model.shape().equals(shape);
          if (drop) {
            model.release();
          }
          return drop;
        });
  }

  /** The one that was given back last, or null. */
  synchronized LeasedModel newest() {
    return idle.peekFirst();
  }

  synchronized int idleCount() {
    return idle.size();
  }

  synchronized void clear() {
    idle.forEach(LeasedModel::release);
    idle.clear();
  }
}
