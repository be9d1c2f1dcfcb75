package io.github.sgn4j.objective;

import java.util.Optional;

/**
 * A mean loss over the samples of a batch, L(theta; batch), as a function of a flat parameter
 * vector.
 *
 * <p>Nothing here changes theta. Values may be non-finite where the model overflows; it is the
 * caller's business to look.
 *
 * <p>Closing an objective releases the native buffers it holds; it is unusable afterwards.
 */
public interface Objective extends AutoCloseable {

  /** Names, shapes and offsets of the trainable parameters within theta. */
  ParameterSpace parameters();

  /** Precision of theta and of everything computed from it. */
  Precision precision();

  /** What kind of loss it has; {@link LossFamily#OTHER} where that is not known. */
  default LossFamily lossFamily() {
    return LossFamily.OTHER;
  }

  /** Whether batches must have as many samples as the model says; parts of them do not fit then. */
  default boolean fixesBatchSize() {
    return false;
  }

  /**
   * Why the loss of such a batch is not the mean of its samples' losses, each computed alone: batch
   * statistics, say, or a sum for a loss. Empty if it is, and where that is not known.
   *
   * @throws IllegalArgumentException if theta or the batch do not fit this objective
   */
  default Optional<String> coupling(FlatVector theta, Batch batch) {
    return Optional.empty();
  }

  /** The parameters' current values in the model, as a new vector. */
  FlatVector initialParameters();

  /**
   * The loss, and the metric if there is one, at theta.
   *
   * @throws IllegalArgumentException if theta or the batch do not fit this objective
   */
  Evaluation evaluate(FlatVector theta, Batch batch);

  /** The loss alone; see {@link #evaluate}. */
  default double value(FlatVector theta, Batch batch) {
    return evaluate(theta, batch).loss();
  }

  /**
   * Evaluates the model at theta and keeps what derivatives need. Several linearizations may be
   * open at once; each must be closed. A later change of theta does not reach the linearization.
   *
   * @throws IllegalArgumentException if theta or the batch do not fit this objective
   */
  Linearization linearize(FlatVector theta, Batch batch);

  /** Hands trained values back to the model that this objective was made of; a copy. */
  default void publish(FlatVector theta) {}

  @Override
  default void close() {}
}
