package io.github.sgn4j.plan;

/** What the value of a variable depends on, and so how often it is computed. */
enum Dependence {
  /** On nothing: once per plan. */
  CONSTANT,
  /** On the batch alone: once per batch. */
  BATCH,
  /** On the parameters: at every evaluation. */
  PARAMETERS;

  Dependence or(Dependence other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
