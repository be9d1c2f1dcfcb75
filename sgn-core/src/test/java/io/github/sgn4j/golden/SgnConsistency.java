package io.github.sgn4j.golden;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.SgnOptions;

/**
 * The recorded numbers of a step against each other, by the formulas of the algorithm written out
 * once more: tight also where the solve itself is too sensitive to be compared.
 */
final class SgnConsistency {

  private static final double EXACT = 1e-12;
  // A cross-entropy is a difference of numbers of the logits' size.
  static final double LOSS_ROUNDING = 1e-14;

  private final SgnOptions options;
  private final Comparison comparison;
  private final PlainGoldenModel network;
  private final Saturation saturation;

  SgnConsistency(TraceFile file, SgnOptions options, Comparison comparison) {
    this.options = options;
    this.comparison = comparison;
    network = new PlainGoldenModel(file);
    saturation = new Saturation(file);
  }

  /**
   * Checks one step.
   *
   * @param theta before it
   * @param m before it
   * @param rho carried into it
   */
  void check(SgnStep step, double[] theta, double[] m, double rho) {
    String at = step.at;
    double beta = options.beta();
    comparison.vector(
        at + "m (recomputed)", SgdCheck.combine(beta, m, 1 - beta, step.grad), step.m, EXACT);
    double[] mHat = SgdCheck.combine(1 / (1 - Math.pow(beta, step.step + 1.0)), step.m, 0, step.m);
    checkSolve(step, theta, mHat);
    checkTrials(step, theta);
    checkSearch(step, mHat);
    checkDamping(step, rho);
    double largest = Math.max(Comparison.maxAbs(theta), step.alpha * Comparison.maxAbs(step.delta));
    comparison.vectorWithin(
        at + "theta (recomputed)",
        SgdCheck.combine(1, theta, step.alpha, step.delta),
        step.theta,
        1e-14 * largest);
  }

  private void checkSolve(SgnStep step, double[] theta, double[] mHat) {
    String at = step.at;
    comparison.equal(at + "cg_iters (as cg_acc has)", step.cgAcc.length, step.cgIters);
    comparison.check(
        step.cgIters >= 1 && step.cgIters <= step.maxIter,
        at + "cg_iters = " + step.cgIters + " with max_iter " + step.maxIter);
    for (int i = 0; i < step.cgAcc.length; i++) {
      boolean last = i == step.cgAcc.length - 1;
      boolean converged = step.cgAcc[i] <= options.cgTolerance();
      comparison.check(
          last ? converged || step.cgIters == step.maxIter : !converged,
          at + "cg_acc[" + i + "] = " + step.cgAcc[i] + " does not go with the stopping rule");
    }
    if (step.cgAcc.length > 0) {
      comparison.relative(
          at + "cg_acc (last, from r)",
          Comparison.maxAbs(step.r),
          step.cgAcc[step.cgAcc.length - 1],
          1e-14);
    }
    if (!saturation.at(theta, step.batch)) {
      checkResidual(step, theta, mHat);
    }
    new ConjugateGradientReplay(network, comparison)
        .check(step, theta, mHat, saturation.at(theta, step.batch));
  }

  /** r is carried along by the recurrence; (G + rho) Delta + mHat is what it should be. */
  private void checkResidual(SgnStep step, double[] theta, double[] mHat) {
    FlatVector delta = FlatVector.of(Precision.DOUBLE, step.delta);
    FlatVector product = delta.like();
    FlatVector at = FlatVector.of(Precision.DOUBLE, theta);
    try (Linearization linearization =
        network.objective().linearize(at, network.batch(step.batch))) {
      linearization.ggnVectorProduct(delta, product);
    }
    product.axpy(step.rho, delta);
    product.axpy(1, FlatVector.of(Precision.DOUBLE, mHat));
    comparison.vectorWithin(
        step.at + "r (recomputed)",
        product.toDoubleArray(),
        step.r,
        1e-11 * Comparison.maxAbs(mHat));
  }

  private void checkTrials(SgnStep step, double[] theta) {
    double alpha = options.stepSize();
    for (int i = 0; i < step.lhs.length; i++) {
      double[] trial = SgdCheck.combine(1, theta, alpha, step.delta);
      double loss =
          network
              .objective()
              .value(FlatVector.of(Precision.DOUBLE, trial), network.batch(step.batch));
      double tolerance = saturation.at(trial, step.batch) ? 1e-6 : 1e-11;
      comparison.absolute(
          step.at + "lhs[" + i + "] (recomputed)",
          loss,
          step.lhs[i],
          Math.max(tolerance * step.lhs[i], LOSS_ROUNDING));
      alpha *= options.backtrackingFactor();
    }
  }

  private void checkSearch(SgnStep step, double[] mHat) {
    String at = step.at;
    boolean evaluated = options.lineSearch() || options.trustRegion();
    comparison.equal(
        at + "ls_iters (as lhs has)", step.lhs.length - (evaluated ? 1 : 0), step.lsIters);
    double alpha = options.stepSize();
    for (int i = 0; i < step.lsIters; i++) {
      alpha *= options.backtrackingFactor();
    }
    comparison.equal(at + "alpha (as ls_iters says)", alpha, step.alpha);
    if (!options.lineSearch()) {
      comparison.equal(at + "ls_iters (no line search)", 0, step.lsIters);
      return;
    }
    double slope = 0;
    double size = 0;
    for (int i = 0; i < mHat.length; i++) {
      slope += mHat[i] * step.delta[i];
      size += Math.abs(mHat[i] * step.delta[i]);
    }
    comparison.absolute(at + "rhs_slope (recomputed)", slope, step.slope, EXACT * size);
    double bound = step.loss + options.stepSize() * options.armijoConstant() * step.slope;
    for (int i = 0; i < step.lhs.length; i++) {
      boolean last = i == step.lhs.length - 1;
      // As the reference asks: NaN counts as accepted.
      boolean accepted = !(step.lhs[i] > bound);
      comparison.check(
          last ? accepted || step.lsIters == options.maxBacktracks() : !accepted,
          at + "lhs[" + i + "] = " + step.lhs[i] + " does not go with Armijo's bound " + bound);
    }
  }

  private void checkDamping(SgnStep step, double rho) {
    if (!options.trustRegion()) {
      comparison.equal(step.at + "rho_next (no trust region)", rho, step.rhoNext);
      return;
    }
    comparison.relative(step.at + "rho (carried over)", rho, step.rho, 1e-14);
    double predicted = 0;
    double size = 0;
    for (int i = 0; i < step.r.length; i++) {
      predicted += 0.5 * (step.r[i] + step.grad[i]) * step.delta[i];
      size += 0.5 * Math.abs((step.r[i] + step.grad[i]) * step.delta[i]);
    }
    double change = step.lhs[0] - step.loss;
    double bound =
        Math.max(
            EXACT * (Math.abs(step.lhs[0]) + Math.abs(step.loss)) / Math.abs(predicted),
            EXACT * size / Math.abs(predicted) * Math.abs(step.redRatio));
    comparison.absolute(
        step.at + "red_ratio (recomputed)", change / predicted, step.redRatio, bound);
    double next = step.rho;
    if (step.redRatio < 0.25) {
      next = 1.5 * step.rho;
    } else if (step.redRatio > 0.75) {
      next = Math.max(2.0 / 3 * step.rho, options.minDamping());
    }
    comparison.relative(step.at + "rho_next (from red_ratio)", next, step.rhoNext, 1e-14);
  }
}
