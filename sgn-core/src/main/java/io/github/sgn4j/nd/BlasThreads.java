package io.github.sgn4j.nd;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.openblas.global.openblas;

/**
 * The one place that sets the process-wide number of BLAS threads: one while any lease is open,
 * what it was before afterwards. Two threads make small products slower, and on a busy machine much
 * slower.
 *
 * <p>A lease lasts as long as an objective, not a product: setting the number takes 150 to 300
 * microseconds, more than most products.
 */
public final class BlasThreads {

  private static final Cleaner CLEANER = Cleaner.create();
  private static int leases;
  private static int before;

  private BlasThreads() {}

  /**
   * Keeps BLAS at one thread until the lease is closed, or {@code holder} is garbage. Does nothing
   * on a backend without host BLAS.
   */
  public static Lease single(Object holder) {
    Release release = new Release();
    if (Backend.isHost()) {
      enter();
    } else {
      release.done.set(true);
    }
    return new Lease(CLEANER.register(holder, release));
  }

  private static synchronized void enter() {
    if (leases++ == 0) {
      before = openblas.blas_get_num_threads();
      if (before != 1) {
        openblas.blas_set_num_threads(1);
      }
    }
  }

  private static synchronized void exit() {
    if (--leases == 0 && before != 1) {
      openblas.blas_set_num_threads(before);
    }
  }

  /** Must not refer to the holder, or that would never be garbage. */
  private static final class Release implements Runnable {
    private final AtomicBoolean done = new AtomicBoolean();

    @Override
    public void run() {
      if (done.compareAndSet(false, true)) {
        exit();
      }
    }
  }

  /** One holder's wish for a single BLAS thread. */
  public static final class Lease implements AutoCloseable {
    private final Cleaner.Cleanable release;

    private Lease(Cleaner.Cleanable release) {
      this.release = release;
    }

    /** Gives the wish up; idempotent. */
    @Override
    public void close() {
      release.clean();
    }
  }
}
