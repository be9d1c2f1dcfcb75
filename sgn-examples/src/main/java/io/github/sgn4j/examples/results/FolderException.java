package io.github.sgn4j.examples.results;

/** A folder cannot be written to, or must not be. The message is for the user. */
public final class FolderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A message of at most three lines: which folder, why, what to do. */
  public FolderException(String message) {
    super(message);
  }

  /** As {@link #FolderException(String)}, with the cause for those who debug. */
  public FolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
