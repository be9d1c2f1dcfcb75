package io.github.sgn4j.plan;

/**
 * One node of a plan, bound to buffers. Called in a fixed order: {@link #forward} of all kernels;
 * then, if derivatives are asked for at this point, {@link #prepare} of all; then {@link #jvp} of
 * all in the same order, or {@link #vjp} of all in reverse. None of them allocates.
 */
interface Kernel {

  /** Computes the outputs' values. */
  void forward();

  /** Computes what the products need of the values; once per linearization. */
  default void prepare() {}

  /** Computes the outputs' tangents from the inputs'. */
  default void jvp() {}

  /** Adds to the inputs' adjoints what the outputs' adjoints give; the first one overwrites. */
  default void vjp() {}

  /**
   * As {@link #vjp}, but what is asked for are the adjoints of the layers' results: those of
   * weights may be left out.
   */
  default void backpropagate() {
    vjp();
  }

  /**
   * Whether row n of the outputs' adjoints reaches row n of the inputs' alone, for every n of that
   * many rows.
   */
  default boolean keepsRowsApart(long rows) {
    return false;
  }

  /** Binds {@link #prepare} and {@link #jvp}; in the order of the nodes. */
  default void bindTangents() {}

  /** Binds {@link #vjp}; in reverse order of the nodes, which decides who overwrites. */
  default void bindAdjoints() {}

  /** Tells that the values of some inputs are other arrays now. */
  default void rebind() {}

  /** Tells that another batch was loaded: what was kept of the old one is void. */
  default void batchLoaded() {}

  /** Bytes that the kernel holds beside its inputs' and outputs' arrays. */
  default long bytes() {
    return 0;
  }
}
