package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.List;

/**
 * The preconditioned conjugate gradient method (Hestenes and Stiefel 1952; Nocedal and Wright,
 * algorithm 5.3) for B = A + rho D.
 *
 * <pre>
 * d = start or 0, r = b + B d, y = M r, p = -y
 * each iteration: q = B p, alpha = r.y / p.q, d += alpha p, r += alpha q,
 *                 y' = M r, beta = r'.y' / r.y, p = -y' + beta p
 * </pre>
 *
 * <p>A start (Martens 2010, section 4.5) costs one product. Where the model phi(d) = 1/2 d.Bd + b.d
 * is above phi(0) = 0, or where it is no descent direction, the solve begins at 0 instead and the
 * result says so. phi needs no product: it is 1/2 (r + b).d.
 *
 * <p>When to use: large positive definite systems known by products, solved roughly. It allocates
 * its vectors once (three, and one more each for a preconditioner and a scaling; copies of iterates
 * when asked for) and nothing per iteration.
 */
public final class ConjugateGradient implements LinearSolver {

  // By how much rounding may put the residual's root mean square above its largest element.
  private static final double ROUNDING_MARGIN = 1.01;

  private final FlatVector r;
  private final FlatVector p;
  private final FlatVector q;
  private FlatVector y;
  private final DampedMatrix matrix = new DampedMatrix();
  private final Iterates iterates = new Iterates();
  private final SolveHistory course = new SolveHistory();
  private boolean historyKept;

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
  public List<FlatVector> iterates() {
    return iterates.list();
  }

  @Override
  public SolveHistory history() {
    return historyKept ? course : SolveHistory.empty();
  }

  @Override
  public SolveResult solve(LinearSystem system, SolveLimits limits, FlatVector direction) {
    matrix.set(system, r.length());
    iterates.clear();
    course.clear();
    historyKept = limits.keepHistory();
    boolean started = begin(system, direction);
    SolveResult result = iterate(system, limits, direction, started);
    iterates.end(result.iterations());
    return result;
  }

  /** Sets d and its residual; returns whether d is the start. */
  private boolean begin(LinearSystem system, FlatVector d) {
    FlatVector b = system.b();
    FlatVector start = system.start();
    if (start != null && hasDirection(start) && b.dot(b) != 0) {
      d.assign(start);
      matrix.residual(b, d, r);
      double slope = b.dot(d);
      // Not a number is let through: the iteration reports it.
      if (!(slope > 0 || r.dot(d) + slope > 0)) {
        return true;
      }
    }
    d.fill(0);
    r.assign(b);
    return false;
  }

  private static boolean hasDirection(FlatVector start) {
    double largest = start.maxAbs();
    if (!Double.isFinite(largest)) {
      throw new IllegalArgumentException(
          "the start holds NaN or infinite numbers: start from the last accepted direction or null");
    }
    return largest != 0;
  }

  private SolveResult iterate(
      LinearSystem system, SolveLimits limits, FlatVector d, boolean started) {
    Preconditioner preconditioner = system.preconditioner();
    FlatVector b = system.b();
    boolean identity = preconditioner.isIdentity();
    if (!identity && y == r) {
      y = r.like();
    }
    FlatVector z = identity ? r : y;
    if (!identity) {
      preconditioner.apply(r, z);
    }
    double ry = r.dot(z);
    if (ry == 0) {
      // Zero, or so small that its square underflows.
      return new SolveResult(SolveReason.CONVERGED, 0, matrix.products(), r.maxAbs(), started);
    }
    boolean recorded = limits.keepHistory() || limits.progress() > 0;
    if (recorded) {
      record(b, d, identity ? ry : r.dot(r));
    }
    // A pass over the vectors that is saved where no test asks for r.r on the way.
    boolean tested = identity || recorded || limits.hasTests();
    double target = limits.relativeTolerance() > 0 ? limits.relativeTolerance() * b.norm() : 0;
    p.assign(z);
    p.scale(-1);

    int iteration = 0;
    while (true) {
      if (!Double.isFinite(ry)) {
        return nonFinite(iteration, started);
      }
      double curvatureAlongP = matrix.applyDot(p, q);
      if (!Double.isFinite(curvatureAlongP)) {
        return nonFinite(iteration, started);
      }
      if (curvatureAlongP <= 0 || ry < 0) {
        if (iteration == 0 && !started) {
          d.assign(p);
          r.axpy(1, q);
        }
        return result(SolveReason.NON_POSITIVE_CURVATURE, iteration, started);
      }
      double alpha = ry / curvatureAlongP;
      d.axpy(alpha, p);
      iteration++;
      // Not a number where nobody asks.
      double rr = Double.NaN;
      if (tested || iteration == limits.maxIterations()) {
        rr = r.axpyNormSquared(alpha, q);
      } else {
        r.axpy(alpha, q);
      }
      if (limits.refreshEvery() > 0 && iteration % limits.refreshEvery() == 0) {
        matrix.residual(b, d, r);
        rr = r.dot(r);
      }
      if (recorded) {
        record(b, d, rr);
      }

      if (iteration >= limits.minIterations()) {
        SolveReason ending = ending(limits, rr, target);
        if (ending != null) {
          return result(ending, iteration, started);
        }
      }
      if (iteration == limits.maxIterations()) {
        SolveResult last = result(SolveReason.LIMIT, iteration, started);
        return Double.isFinite(last.residual()) ? last : nonFinite(iteration, started);
      }
      double next = rr;
      if (!identity) {
        preconditioner.apply(r, z);
        next = r.dot(z);
      }
      if (next == 0) {
        return result(SolveReason.CONVERGED, iteration, started);
      }
      if (limits.keepIterates()) {
        iterates.offer(iteration, d);
      }
      p.axpby(-1, z, next / ry);
      ry = next;
    }
  }

  private void record(FlatVector b, FlatVector d, double rr) {
    course.add(Math.sqrt(rr), 0.5 * (r.dot(d) + b.dot(d)));
  }

  /** The test that holds, given r.r, or null. */
  private SolveReason ending(SolveLimits limits, double rr, double target) {
    if (reached(limits.tolerance(), rr)) {
      return SolveReason.CONVERGED;
    }
    if (target > 0 && Math.sqrt(rr) <= target) {
      return SolveReason.RELATIVE_RESIDUAL;
    }
    if (limits.progress() > 0 && course.progressBelow(limits.progress())) {
      return SolveReason.PROGRESS;
    }
    return null;
  }

  /** Whether max|r| is at or below the tolerance, given r.r. */
  private boolean reached(double tolerance, double rr) {
    // max|r| is no less than the root mean square: most iterations need no pass to see that they
    // have not converged.
    double rootMeanSquare = Math.sqrt(rr / r.length());
    return rootMeanSquare <= ROUNDING_MARGIN * tolerance && r.maxAbs() <= tolerance;
  }

  private SolveResult result(SolveReason reason, int iterations, boolean started) {
    return new SolveResult(reason, iterations, matrix.products(), r.maxAbs(), started);
  }

  private SolveResult nonFinite(int iterations, boolean started) {
    return new SolveResult(
        SolveReason.NON_FINITE, iterations, matrix.products(), Double.NaN, started);
  }
}
