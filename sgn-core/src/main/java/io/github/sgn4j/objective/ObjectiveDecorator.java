package io.github.sgn4j.objective;

import java.util.Objects;
import java.util.Optional;

/**
 * An objective made of another one, for decorators such as {@link WeightDecay}: hands everything
 * through but evaluations and linearizations.
 */
public abstract class ObjectiveDecorator implements Objective {

  private final Objective objective;

  /** Decorates that objective. */
  protected ObjectiveDecorator(Objective objective) {
    this.objective = Objects.requireNonNull(objective, "objective");
  }

  /** The objective that this one is made of; closed together with it. */
  public final Objective inner() {
    return objective;
  }

  @Override
  public ParameterSpace parameters() {
    return objective.parameters();
  }

  @Override
  public Precision precision() {
    return objective.precision();
  }

  @Override
  public LossFamily lossFamily() {
    return objective.lossFamily();
  }

  @Override
  public boolean fixesBatchSize() {
    return objective.fixesBatchSize();
  }

  @Override
  public Optional<String> coupling(FlatVector theta, Batch batch) {
    return objective.coupling(theta, batch);
  }

  @Override
  public FlatVector initialParameters() {
    return objective.initialParameters();
  }

  @Override
  public void publish(FlatVector theta) {
    objective.publish(theta);
  }

  @Override
  public void close() {
    objective.close();
  }
}
