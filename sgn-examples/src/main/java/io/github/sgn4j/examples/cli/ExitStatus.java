package io.github.sgn4j.examples.cli;

/** What the process's exit status means. On Ctrl-C the virtual machine itself exits with 130. */
final class ExitStatus {

  /** Done. */
  static final int DONE = 0;

  /** A defect of the program. */
  static final int DEFECT = 1;

  /** The user's input is at fault: options, files, folders. */
  static final int BAD_INPUT = 2;

  /** Training met NaN or infinity. */
  static final int NON_FINITE = 3;

  /** The user ended it. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
