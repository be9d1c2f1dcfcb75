package io.github.sgn4j.solver;

import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/**
 * The preconditioned conjugate gradient method (Hestenes and Stiefel 1952; Nocedal and Wright,
 * algorithm 5.3), started from d = 0.
 *
 * <pre>
 * r = b, y = M r, p = -y
 * each iteration: q = A p + rho p, alpha = r.y / p.q, d += alpha p, r += alpha q,
 *                 y' = M r, beta = r'.y' / r.y, p = -y' + beta p
 * </pre>
 *
 * <p>When to use: large positive definite systems known by products, solved roughly. It allocates
 * its vectors once (three, and one more for a preconditioner) and nothing per iteration.
 */
public final class ConjugateGradient implements LinearSolver {

  // By how much rounding may put the residual's root mean square above its largest element.
  private static final double ROUNDING_MARGIN = 1.01;

  private final FlatVector r;
  private final FlatVector p;
  private final FlatVector q;
  private FlatVector y;

  /** A solver for systems of that many unknowns. */
  public ConjugateGradient(Precision precision, int dimension) {
    r = FlatVector.zeros(precision, dimension);
    p = r.like();
    q = r.like();
    y = r;
  }

  @Override
  public FlatVector residual() {
    return r;
  }

  @Override
  public SolveResult solve(LinearSystem system, SolveLimits limits, FlatVector direction) {
    CurvatureOperator curvature = system.curvature();
    Preconditioner preconditioner = system.preconditioner();
    double damping = system.damping();
    FlatVector b = system.b();
    if (curvature.dimension() != r.length()) {
      throw new IllegalArgumentException(
          "a curvature of dimension "
              + curvature.dimension()
              + " does not go with a solver for "
              + r.length());
    }
    boolean identity = preconditioner.isIdentity();
    if (!identity && y == r) {
      y = r.like();
    }
    FlatVector z = identity ? r : y;
    FlatVector d = direction;

    d.fill(0);
    r.assign(b);
    if (!identity) {
      preconditioner.apply(r, z);
    }
    double ry = r.dot(z);
    if (ry == 0) {
      // Zero, or so small that its square underflows.
      return new SolveResult(SolveReason.CONVERGED, 0, 0, r.maxAbs());
    }
    p.assign(z);
    p.scale(-1);

    int iteration = 0;
    int products = 0;
    while (true) {
      if (!Double.isFinite(ry)) {
        return new SolveResult(SolveReason.NON_FINITE, iteration, products, Double.NaN);
      }
      curvature.apply(p, q);
      products++;
      double curvatureAlongP = q.axpyDot(damping, p);
      if (!Double.isFinite(curvatureAlongP)) {
        return new SolveResult(SolveReason.NON_FINITE, iteration, products, Double.NaN);
      }
      if (curvatureAlongP <= 0 || ry < 0) {
        if (iteration == 0) {
          d.assign(p);
          r.axpy(1, q);
        }
        return new SolveResult(SolveReason.NON_POSITIVE_CURVATURE, iteration, products, r.maxAbs());
      }
      double alpha = ry / curvatureAlongP;
      d.axpy(alpha, p);
      double rr = r.axpyNormSquared(alpha, q);
      iteration++;

      if (reached(limits.tolerance(), rr)) {
        return new SolveResult(SolveReason.CONVERGED, iteration, products, r.maxAbs());
      }
      if (iteration == limits.maxIterations()) {
        double residual = r.maxAbs();
        return Double.isFinite(residual)
            ? new SolveResult(SolveReason.LIMIT, iteration, products, residual)
            : new SolveResult(SolveReason.NON_FINITE, iteration, products, Double.NaN);
      }
      double next = rr;
      if (!identity) {
        preconditioner.apply(r, z);
        next = r.dot(z);
      }
      if (next == 0) {
        return new SolveResult(SolveReason.CONVERGED, iteration, products, r.maxAbs());
      }
      p.axpby(-1, z, next / ry);
      ry = next;
    }
  }

  /** Whether max|r| is at or below the tolerance, given r.r. */
  private boolean reached(double tolerance, double rr) {
    // max|r| is no less than the root mean square: most iterations need no pass to see that they
    // have not converged.
    double rootMeanSquare = Math.sqrt(rr / r.length());
    return rootMeanSquare <= ROUNDING_MARGIN * tolerance && r.maxAbs() <= tolerance;
  }
}
