package io.github.sgn4j.examples.results;

/** Something cannot be written, or must not be. The message is for the user. */
public final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A message of at most three lines: what, why, what to do. */
  public OutputException(String message) {
    super(message);
  }

  /** As {@link #OutputException(String)}, with the cause for those who debug. */
  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}
