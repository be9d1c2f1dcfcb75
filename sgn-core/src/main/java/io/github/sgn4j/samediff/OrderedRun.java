package io.github.sgn4j.samediff;

import io.github.sgn4j.nd.OpThreads;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs numbered tasks on the calling thread and helpers, and finishes them in the order of their
 * numbers whichever thread ran them: sums have the same bits for every number of threads.
 *
 * <p>Tasks are handed out one by one, so that a thread which the system keeps from running holds up
 * one task at most; helpers that come late find nothing left, and nobody waits for them. Waiting
 * threads sleep.
 */
final class OrderedRun implements Runnable {

  /** What is run. */
  interface Tasks {

    /**
     * Runs a task.
     *
     * @param task its number
     * @param worker number of the thread, from 0 to the number of threads less one
     * @return whether its result stays where it is until {@link #finish}; if not, the thread waits
     *     for the task's turn before it takes another one
     */
    boolean run(int task, int worker);

    /** Finishes a task; called in the order of the numbers, by one thread at a time. */
    default void finish(int task) {}
  }

  private static final long IDLE_SECONDS = 5;

  /** Of the whole process: threads end when nobody needed them for a while. */
  private static final ThreadPoolExecutor HELPERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          OrderedRun::daemon);

  private final Tasks tasks;
  private final int count;
  private final boolean[] ready;
  private int workers;
  private int next;
  private int running;
  private int turn;
  private Throwable failure;

  private OrderedRun(Tasks tasks, int count) {
    this.tasks = tasks;
    this.count = count;
    this.ready = new boolean[count];
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sgn4j-shards");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs all tasks and returns when they are finished.
   *
   * @param threads at least 1; the calling one counts
   * @throws RuntimeException what a task threw; tasks that had not begun are left out then
   */
  static void run(int count, int threads, Tasks tasks) {
    OrderedRun run = new OrderedRun(tasks, count);
    for (int i = 1; i < Math.min(threads, count); i++) {
      try {
        HELPERS.execute(run);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // No thread to be had: those that run do the work.
        break;
      }
    }
    run.run();
    run.await();
  }

  @Override
  public void run() {
    int threads = OpThreads.single();
    try {
      int worker = enter();
      for (int task = take(); task >= 0; task = take()) {
        work(task, worker);
      }
    } finally {
      OpThreads.restore(threads);
    }
  }

  private synchronized int enter() {
    return workers++;
  }

  private synchronized int take() {
    if (next >= count || failure != null) {
      return -1;
    }
    running++;
    return next++;
  }

  private void work(int task, int worker) {
    Throwable thrown = null;
    boolean kept = false;
    try {
      kept = tasks.run(task, worker);
    } catch (Throwable e) {
      thrown = e;
    }
    done(task, kept, thrown);
  }

  private synchronized void done(int task, boolean kept, Throwable thrown) {
    if (thrown != null && failure == null) {
      failure = thrown;
    }
    boolean interrupted = false;
    while (!kept && turn != task && failure == null) {
      interrupted |= sleep();
    }
    ready[task] = true;
    while (failure == null && turn < count && ready[turn]) {
      try {
        tasks.finish(turn);
        turn++;
      } catch (Throwable e) {
        failure = e;
      }
    }
    running--;
    notifyAll();
    restore(interrupted);
  }

  private synchronized void await() {
    boolean interrupted = false;
    while (running > 0) {
      interrupted |= sleep();
    }
    restore(interrupted);
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  /** Tasks are short: an interrupt is kept for the caller. Returns whether there was one. */
  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private boolean sleep() {
    try {
      wait();
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
