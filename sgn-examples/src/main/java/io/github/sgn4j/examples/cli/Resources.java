package io.github.sgn4j.examples.cli;

/**
 * How much of the machine a run may take.
 *
 * @param threads that compute, at most
 * @param memory bytes for the arrays of a batch; null to let the library decide
 */
record Resources(int threads, Long memory) {

  /** All processors, and the library's choice of memory. */
  static final Resources DEFAULT = new Resources(Runtime.getRuntime().availableProcessors(), null);
}
