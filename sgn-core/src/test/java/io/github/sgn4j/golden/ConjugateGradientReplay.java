package io.github.sgn4j.golden;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.PlainMlp;
import java.util.Arrays;

/**
 * cg_acc, the residual's largest element after each iteration, against conjugate gradients written
 * out once more. Late iterations of an ill-conditioned solve amplify rounding: how much is measured
 * by solving again with a slightly different right-hand side, and iterations where that alone
 * changes the residual visibly are not compared.
 */
final class ConjugateGradientReplay {

  private static final double NUDGE = 1e-12;
  private static final double SATURATED_NUDGE = 1e-7;
  private static final double MARGIN = 3000;
  private static final double FLOOR = 1e-9;
  private static final double VISIBLE = 1e-2;
  // Where the residual is nothing but rounding of a right-hand side of that size.
  private static final double ROUNDING = 1e-12;

  private final PlainGoldenModel network;
  private final Comparison comparison;

  ConjugateGradientReplay(PlainGoldenModel network, Comparison comparison) {
    this.network = network;
    this.comparison = comparison;
  }

  void check(SgnStep step, double[] theta, double[] mHat, boolean saturated) {
    double[] m = step.preconditioner.length > 0 ? step.preconditioner : ones(mHat.length);
    double[] residuals = residuals(step, theta, mHat, m);
    double[] nudgedB = mHat.clone();
    double nudge = saturated ? SATURATED_NUDGE : NUDGE;
    for (int i = 0; i < nudgedB.length; i++) {
      nudgedB[i] *= 1 + (i % 2 == 0 ? nudge : -nudge);
    }
    double[] nudged = residuals(step, theta, nudgedB, m);
    double change = 0;
    for (int i = 0; i < Math.min(step.cgAcc.length, residuals.length); i++) {
      change = Math.max(change, Math.abs(nudged[i] - residuals[i]) / residuals[i]);
      double tolerance = Math.max(FLOOR, MARGIN * change);
      if (!(tolerance <= VISIBLE) && residuals[i] > ROUNDING * Comparison.maxAbs(mHat)) {
        return;
      }
      comparison.absolute(
          step.at + "cg_acc[" + i + "] (recomputed)",
          residuals[i],
          step.cgAcc[i],
          Math.max(tolerance * step.cgAcc[i], ROUNDING * Comparison.maxAbs(mHat)));
    }
  }

  private double[] residuals(SgnStep step, double[] theta, double[] b, double[] m) {
    PlainMlp.PlainLinearization linearization =
        network
            .objective()
            .linearize(FlatVector.of(Precision.DOUBLE, theta), network.batch(step.batch));
    int n = b.length;
    double[] r = b.clone();
    double[] p = new double[n];
    double ry = 0;
    for (int i = 0; i < n; i++) {
      p[i] = -m[i] * r[i];
      ry += r[i] * m[i] * r[i];
    }
    double[] residuals = new double[step.cgIters];
    for (int k = 0; k < residuals.length; k++) {
      double[] q = linearization.vjp(linearization.lossHessianProduct(linearization.jvp(p)));
      double pq = 0;
      for (int i = 0; i < n; i++) {
        q[i] += step.rho * p[i];
        pq += p[i] * q[i];
      }
      double alpha = ry / pq;
      double next = 0;
      for (int i = 0; i < n; i++) {
        r[i] += alpha * q[i];
        next += r[i] * m[i] * r[i];
      }
      for (int i = 0; i < n; i++) {
        p[i] = -m[i] * r[i] + next / ry * p[i];
      }
      ry = next;
      residuals[k] = Comparison.maxAbs(r);
    }
    return residuals;
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
