package io.github.sgn4j.examples.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * Where the program writes and what it knows of its surroundings; handed in, so that tests run
 * commands within their own process.
 *
 * @param out results and plain progress lines
 * @param err errors and the progress bar
 * @param environment environment variables
 * @param columns width of the terminal; 0 if output does not go to one
 */
record Console(PrintStream out, PrintStream err, Map<String, String> environment, int columns) {

  private static final int MOST_COLUMNS = 160;
  private static final int FEWEST_COLUMNS = 40;

  /**
   * The process's own. Whether there is a terminal is for the launcher to say, in the system
   * property {@code sgn.columns}: Java itself cannot tell for standard error.
   */
  static Console ofProcess() {
    int columns = Integer.getInteger("sgn.columns", 0);
    return new Console(
        System.out,
        System.err,
        System.getenv(),
        columns < FEWEST_COLUMNS ? 0 : Math.min(columns, MOST_COLUMNS));
  }

  /** Whether a progress bar makes sense. */
  boolean isTerminal() {
    return columns > 0;
  }

  /** Prints a line, at once. */
  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a line on standard error. */
  void note(String text) {
    err.println(text);
    err.flush();
  }

  /** Standard output as picocli wants it. */
  PrintWriter outWriter() {
    return new PrintWriter(out, true, Charset.defaultCharset());
  }

  /** Standard error as picocli wants it. */
  PrintWriter errWriter() {
    return new PrintWriter(err, true, Charset.defaultCharset());
  }
}
