package io.github.sgn4j.examples.cli;

/** The user's input is at fault. The message, at most three lines, is all that the user gets. */
final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }
}
