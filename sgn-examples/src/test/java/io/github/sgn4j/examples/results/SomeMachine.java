package io.github.sgn4j.examples.results;

/** A machine that is the same everywhere. */
public final class SomeMachine {

  /** What runs on it say of it. */
  public static final RunEnvironment ENVIRONMENT =
      new RunEnvironment(
          "1.0",
          "1.0.0-M2.1",
          "17",
          "Linux",
          "Some CPU",
          2,
          "CPU",
          "OPENBLAS",
          "1",
          2,
          null,
          300L,
          "unset",
          "float",
          1);

  private SomeMachine() {}
}
