package io.github.sgn4j.optimizer;

/**
 * A step met NaN or infinity. Theta and the optimizer's state are as before the step, so that its
 * caller may save them, or go on with other options or another batch.
 */
public final class NonFiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  /** Where in the step it was met. */
  public enum Where {
    /** The loss at theta. */
    LOSS(
        "the loss at theta",
        "check the batch for NaN and for its scale; lower the step size or learning rate of the"
            + " steps before"),
    /** The gradient at theta. */
    GRADIENT(
        "the gradient",
        "check the model for operations without a finite derivative (square root or logarithm at"
            + " 0)"),
    /** The preconditioner. */
    PRECONDITIONER(
        "the preconditioned gradient",
        "use a damping above 0: the preconditioner divides by the squared gradient plus damping"),
    /** A curvature product. */
    PRODUCT("a Gauss-Newton product", "raise the damping, or compute in double precision"),
    /** The direction, or the update made of it. */
    DIRECTION("the step's direction", "raise the damping, or lower the step size"),
    /** The loss after the step, for the step size that would be kept. */
    LOSS_AFTER_STEP(
        "the loss after the step",
        "use the line search or let it backtrack more often, raise the damping, or lower the step"
            + " size");

    private final String what;
    private final String advice;

    Where(String what, String advice) {
      this.what = what;
      this.advice = advice;
    }
  }

  private final Where where;
  private final long step;

  NonFiniteException(String optimizer, long step, Where where) {
    super(
        optimizer
            + ", step "
            + step
            + ": "
            + where.what
            + " is NaN or infinite (parameters and state are as before the step); "
            + where.advice);
    this.where = where;
    this.step = step;
  }

  /** Where in the step. */
  public Where where() {
    return where;
  }

  /** The step, counted from 1. */
  public long step() {
    return step;
  }
}
