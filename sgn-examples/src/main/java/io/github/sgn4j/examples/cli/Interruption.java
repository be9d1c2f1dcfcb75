package io.github.sgn4j.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while something is at work: it is asked to stop, has a few seconds to do so, and then
 * there are last words. Until they are said the process does not end.
 */
final class Interruption implements AutoCloseable {

  /** A second Ctrl-C would be of no use: whoever waits longer has to kill the process. */
  private static final long GRACE_SECONDS = 10;

  private final Console console;
  private final Runnable stop;
  private final Runnable lastWords;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interrupted");

  /**
   * Begins to watch.
   *
   * @param stop asks the work to stop, and returns at once
   * @param lastWords what is done and said when it has stopped, or does not within its seconds
   */
  Interruption(Console console, Runnable stop, Runnable lastWords) {
    this.console = console;
    this.stop = stop;
    this.lastWords = lastWords;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void interrupted() {
    stop.run();
    try {
      if (!over.await(1, TimeUnit.SECONDS)) {
        console.note("");
        console.note("Finishing the step; at most " + GRACE_SECONDS + " seconds ...");
        over.await(GRACE_SECONDS - 1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts a hook; if so, there is no time left.
      Thread.currentThread().interrupt();
    }
    lastWords.run();
  }

  /** The work is over, in whichever way. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook has its say.
      return;
    }
  }
}
