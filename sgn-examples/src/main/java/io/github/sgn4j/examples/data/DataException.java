package io.github.sgn4j.examples.data;

/** A data set is missing or its files are not what they should be. The message is for the user. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A message of at most three lines: what is wrong, where, what to do. */
  public DataException(String message) {
    super(message);
  }

  /** As {@link #DataException(String)}, with the cause for those who debug. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
