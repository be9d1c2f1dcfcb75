package io.github.sgn4j.examples.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts runs, one at a time. */
public interface Launcher {

  /**
   * Runs a command to its end.
   *
   * @param arguments the command and its options
   * @param log where its output goes
   * @return its exit status
   * @throws IOException if it cannot be started
   */
  int run(List<String> arguments, Path log) throws IOException;

  /** Ends the command that is running, and starts no more; from another thread. */
  void stop();
}
