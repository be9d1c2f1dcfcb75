package io.github.sgn4j.nd;

import org.bytedeco.openblas.global.openblas;

/**
 * The one place that sets the process-wide number of BLAS threads: one while any of our kernels
 * runs, what it was before afterwards. Two threads make small products slower, and on a busy
 * machine much slower.
 */
public final class BlasThreads {

  private static int users;
  private static int before;

  private BlasThreads() {}

  /** Begins a section with one BLAS thread; sections nest and may overlap across threads. */
  public static synchronized void enter() {
    if (users++ == 0) {
      before = openblas.blas_get_num_threads();
      if (before != 1) {
        openblas.blas_set_num_threads(1);
      }
    }
  }

  /** Ends a section; the last one restores the number. Call it in a finally block. */
  public static synchronized void exit() {
    if (--users == 0 && before != 1) {
      openblas.blas_set_num_threads(before);
    }
  }
}
