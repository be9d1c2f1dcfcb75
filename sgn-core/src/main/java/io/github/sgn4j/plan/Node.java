package io.github.sgn4j.plan;

/** A part of a plan before it is bound to shapes. */
interface Node {

  /**
   * Binds the node: allocates its outputs' values and runs it once.
   *
   * @param buffers holds the inputs' values already
   */
  Kernel bind(Buffers buffers);

  /** What its outputs depend on. */
  Dependence dependence();
}
