package io.github.sgn4j.examples.compare;

/** A comparison cannot be made as it was asked for. The message, at most three lines, says why. */
public final class GridException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do about it. */
  public GridException(String message) {
    super(message);
  }

  /** With the reason from further below. */
  public GridException(String message, Throwable cause) {
    super(message, cause);
  }
}
