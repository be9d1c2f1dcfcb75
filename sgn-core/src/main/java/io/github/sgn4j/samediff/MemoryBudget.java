package io.github.sgn4j.samediff;

import org.bytedeco.javacpp.Pointer;

/** Bytes that an objective's workspaces may keep between uses, and what of them is taken. */
final class MemoryBudget {

  private final long limit;
  private long taken;

  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Half of what JavaCPP lets the process hold off the heap, or of the memory, whichever is less.
   */
  static long standard() {
    long physical = Pointer.totalPhysicalBytes();
    long allowed = Pointer.maxBytes();
    return (allowed > 0 ? Math.min(allowed, physical) : physical) / 2;
  }

  long limit() {
    return limit;
  }

  /** Bytes that are free. */
  synchronized long free() {
    return Math.max(0, limit - taken);
  }

  /**
   * Takes up to that many units.
   *
   * @return how many
   */
  synchronized int take(int units, long unitBytes) {
    int granted = (int) Math.min(units, free() / Math.max(1, unitBytes));
    taken += granted * unitBytes;
    return granted;
  }

  /** Gives bytes back. */
  synchronized void giveBack(long bytes) {
    taken -= bytes;
  }
}
