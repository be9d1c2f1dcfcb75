package io.github.sgn4j.examples.model;

/** An architecture that cannot be read, or does not fit. The message is for the user. */
public final class ArchitectureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A message of at most three lines: which layer, what is wrong, what to do. */
  public ArchitectureException(String message) {
    super(message);
  }

  /** As {@link #ArchitectureException(String)}, with the cause for those who debug. */
  public ArchitectureException(String message, Throwable cause) {
    super(message, cause);
  }
}
