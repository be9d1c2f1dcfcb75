package io.github.sgn4j.objective;

import java.util.Optional;

/**
 * A group of batches at one theta: sums over its parts, each weighted by its share of the samples.
 * The first parts stay open, the others are opened for every use.
 */
final class GroupLinearization implements Linearization {

  /** Asks a part for one of its factors. */
  interface FactorKind {
    Optional<CurvatureFactor> of(Linearization part, int index);
  }

  private final Objective objective;
  private final FlatVector theta;
  private final BatchGroup group;
  private final Linearization[] open;
  private final FlatVector term;
  private Evaluation evaluation;
  private FlatVector gradient;
  private GroupFactor factor;
  private boolean closed;

  /**
   * Opens the first parts.
   *
   * @param theta not copied
   * @param kept how many, at most
   */
  GroupLinearization(Objective objective, FlatVector theta, BatchGroup group, int kept) {
    this.objective = objective;
    this.theta = theta;
    this.group = group;
    open = new Linearization[Math.min(kept, group.parts().size())];
    term = theta.like();
    boolean done = false;
    try {
      for (int i = 0; i < open.length; i++) {
        open[i] = objective.linearize(theta, group.parts().get(i));
      }
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Number of parts. */
  int parts() {
    return group.parts().size();
  }

  /** Number of samples of a part. */
  int size(int part) {
    return group.parts().get(part).size();
  }

  /** A part's share of the samples. */
  double share(int part) {
    return (double) size(part) / group.size();
  }

  /** Whether a part stays open. */
  boolean isKept(int part) {
    return part < open.length;
  }

  /** A part, to be {@linkplain #release released} after use. */
  Linearization open(int part) {
    requireOpen();
    return isKept(part) ? open[part] : objective.linearize(theta, group.parts().get(part));
  }

  void release(int part, Linearization linearization) {
    if (!isKept(part)) {
      linearization.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this linearization is closed");
    }
  }

  /** Where a part's term goes: the first straight into the result. */
  FlatVector target(int part, FlatVector result) {
    return part == 0 ? result : term;
  }

  /** Adds the term in {@link #target}, times a factor. */
  void add(int part, double factor, FlatVector result) {
    if (part == 0) {
      result.scale(factor);
    } else {
      result.axpy(factor, term);
    }
  }

  @Override
  public Evaluation evaluation() {
    requireOpen();
    if (evaluation == null) {
      // A part that does not stay open gives its gradient on the same occasion.
      pass(open.length < parts());
    }
    return evaluation;
  }

  @Override
  public void gradient(FlatVector result) {
    requireOpen();
    if (gradient == null) {
      pass(true);
    }
    result.assign(gradient);
  }

  private void pass(boolean withGradient) {
    double loss = 0;
    double metric = 0;
    FlatVector sum = withGradient ? theta.like() : null;
    for (int i = 0; i < parts(); i++) {
      Linearization part = open(i);
      try {
        Evaluation there = part.evaluation();
        loss += share(i) * there.loss();
        metric += share(i) * there.metric();
        if (withGradient) {
          part.gradient(target(i, sum));
          add(i, share(i), sum);
        }
      } finally {
        release(i, part);
      }
    }
    evaluation = new Evaluation(loss, metric);
    gradient = sum;
  }

  @Override
  public void ggnVectorProduct(FlatVector v, FlatVector result) {
    for (int i = 0; i < parts(); i++) {
      Linearization part = open(i);
      try {
        part.ggnVectorProduct(v, target(i, result));
        add(i, share(i), result);
      } finally {
        release(i, part);
      }
    }
  }

  @Override
  public Optional<CurvatureFactor> ggnFactor() {
    return factor((part, index) -> part.ggnFactor());
  }

  @Override
  public Optional<CurvatureFactor> empiricalFisherFactor() {
    return factor((part, index) -> part.empiricalFisherFactor());
  }

  @Override
  public Optional<CurvatureFactor> sampledFisherFactor(int draws, long seed) {
    // Parts count their samples from 0 each: another seed for each, a Weyl sequence.
    return factor(
        (part, index) -> part.sampledFisherFactor(draws, seed + index * 0x9E3779B97F4A7C15L));
  }

  private Optional<CurvatureFactor> factor(FactorKind kind) {
    factor = null;
    Linearization first = open(0);
    try {
      factor = kind.of(first, 0).map(of -> new GroupFactor(this, kind, of)).orElse(null);
    } finally {
      release(0, first);
    }
    return Optional.ofNullable(factor);
  }

  /** Fails unless that factor is the last one that was asked for. */
  void requireCurrent(GroupFactor user) {
    requireOpen();
    if (user != factor) {
      throw new IllegalStateException(
          "another factor was asked of this linearization meanwhile; ask for this one again");
    }
  }

  @Override
  public long sampleCount() {
    requireOpen();
    return group.size();
  }

  @Override
  public void close() {
    closed = true;
    factor = null;
    for (int i = 0; i < open.length; i++) {
      if (open[i] != null) {
        open[i].close();
      }
      open[i] = null;
    }
  }
}
