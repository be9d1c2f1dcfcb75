package io.github.sgn4j.golden;

/** A trace file is not what this package can replay. */
final class TraceFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TraceFormatException(String message) {
    super(message);
  }

  TraceFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
