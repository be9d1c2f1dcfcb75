package io.github.sgn4j.objective;

import java.util.List;
import java.util.Optional;

/**
 * An objective that also takes {@link BatchGroup}s: gradient accumulation, and with it that of
 * losses and curvature. A group of batches has the loss, gradient and products of one batch of all
 * their samples, summed part by part:
 *
 * <pre>
 * L = sum_i n_i / N L_i,  likewise g, G v and the metric;  n_i samples in part i, N in all
 * </pre>
 *
 * <p>When to use: batches of a size that a model declares, or that another loader makes, are to be
 * taken together. A batch that is merely large needs no accumulation with a {@code
 * SameDiffObjective}, which computes it in parts by itself.
 *
 * <p>Memory: of a group's linearization the first parts stay open up to a number, 0 by default,
 * each with a workspace of its own; the others are evaluated anew for every product, at the cost of
 * one forward pass each, and one after another, so that they need the largest part's workspace
 * alone. Which are kept changes no result. The gradient takes no pass more than it would alone: it
 * is computed as soon as the loss is asked for.
 *
 * <p>Drawn targets of a {@linkplain Linearization#sampledFisherFactor sampled Fisher matrix} are
 * others than those of one large batch.
 *
 * <p>Models that couple the samples of a batch (batch normalisation in training form) are refused
 * as soon as that shows, which takes parts of five samples or more and a model that does not
 * declare its batch's size.
 */
public final class AccumulatingObjective extends ObjectiveDecorator {

  private final int kept;
  // The largest part so far that was found to be a mean over its samples.
  private volatile int checkedSize;

  /** That objective; no part of a linearization stays open. */
  public AccumulatingObjective(Objective objective) {
    this(objective, 0);
  }

  /**
   * That objective.
   *
   * @param kept parts of a linearization that stay open, at most; at least 0
   * @throws IllegalArgumentException if it is negative
   */
  public AccumulatingObjective(Objective objective, int kept) {
    super(objective);
    if (kept < 0) {
      throw new IllegalArgumentException("kept = " + kept + " parts: must be at least 0");
    }
    this.kept = kept;
  }

  @Override
  public Evaluation evaluate(FlatVector theta, Batch batch) {
    if (!(batch instanceof BatchGroup group)) {
      return inner().evaluate(theta, batch);
    }
    requireMean(theta, group);
    double loss = 0;
    double metric = 0;
    for (Batch part : group.parts()) {
      Evaluation evaluation = inner().evaluate(theta, part);
      double share = (double) part.size() / group.size();
      loss += share * evaluation.loss();
      metric += share * evaluation.metric();
    }
    return new Evaluation(loss, metric);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Batches of a group that do not fit are refused when they are opened, which may be later.
   */
  @Override
  public Linearization linearize(FlatVector theta, Batch batch) {
    if (!(batch instanceof BatchGroup group)) {
      return inner().linearize(theta, batch);
    }
    requireMean(theta, group);
    return new GroupLinearization(inner(), theta.copy(), group, kept);
  }

  @Override
  public Optional<String> coupling(FlatVector theta, Batch batch) {
    return inner().coupling(theta, largest(BatchGroup.partsOf(batch)));
  }

  private void requireMean(FlatVector theta, BatchGroup group) {
    Batch largest = largest(group.parts());
    if (largest.size() <= checkedSize) {
      return;
    }
    inner()
        .coupling(theta, largest)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "the parts of a group of batches cannot be computed apart: "
                      + reason
                      + "; use single batches");
            });
    checkedSize = largest.size();
  }

  private static Batch largest(List<Batch> parts) {
    Batch largest = parts.get(0);
    for (Batch part : parts) {
      largest = part.size() > largest.size() ? part : largest;
    }
    return largest;
  }
}
