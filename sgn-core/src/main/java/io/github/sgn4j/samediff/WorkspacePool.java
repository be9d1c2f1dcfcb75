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
  private final Deque<BoundModel> idle = new ArrayDeque<>();

  WorkspacePool(int capacity) {
    this.capacity = capacity;
  }

  /** A workspace of that shape, best the one that has the batch loaded; made if there is none. */
  BoundModel lease(ArrayBatch batch, BatchShape shape, Supplier<BoundModel> maker) {
    BoundModel found = take(batch, shape);
    return found != null ? found : maker.get();
  }

  private synchronized BoundModel take(ArrayBatch batch, BatchShape shape) {
    BoundModel best = null;
    for (BoundModel model : idle) {
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
  synchronized void giveBack(BoundModel model) {
    idle.addFirst(model);
    Iterator<BoundModel> oldest = idle.descendingIterator();
    while (idle.size() > capacity) {
      oldest.next();
      oldest.remove();
    }
  }

  synchronized int idleCount() {
    return idle.size();
  }

  synchronized void clear() {
    idle.clear();
  }
}
