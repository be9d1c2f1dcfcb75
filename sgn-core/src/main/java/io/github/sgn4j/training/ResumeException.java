package io.github.sgn4j.training;

/**
 * A checkpoint whose state the optimizer, or a listener, does not take: it is of other options or
 * of another version of the library.
 */
public final class ResumeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  ResumeException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }
}
