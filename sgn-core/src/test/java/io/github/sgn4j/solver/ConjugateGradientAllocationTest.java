package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConjugateGradientAllocationTest {

  private static final int N = 1000;
  private static final int FEW = 10;
  private static final int MANY = 510;

  @ParameterizedTest
  @EnumSource
  void anIterationAllocatesNothing(Precision precision) {
    FlatVector diagonal = LinearSolverContract.random(precision, N, 1);
    diagonal.multiply(diagonal);
    FlatVector b = LinearSolverContract.random(precision, N, 2);
    ConjugateGradient solver = new ConjugateGradient(precision, N);
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, N, 0.5);
    preconditioner.update(b, 1);
    CurvatureOperator operator = new Diagonal(diagonal);

    LinearSystem plain = LinearSystem.of(operator, 1e-3, b);
    FlatVector scaling = diagonal.copy();
    scaling.axpy(1e-3, ones(b));
    FlatVector start = b.copy();
    start.scale(-0.1);
    for (LinearSystem system :
        List.of(
            plain,
            plain.withPreconditioner(preconditioner),
            plain.withPreconditioner(preconditioner).withScaling(scaling).withStart(start))) {
      checkAllocation(solver, system, iterations -> new SolveLimits(iterations, 0));
      checkAllocation(
          solver,
          system,
          iterations ->
              new SolveLimits(iterations, 0)
                  .withMinIterations(iterations)
                  .withRelativeTolerance(1e-3)
                  .withProgress(1e-3)
                  .withRefreshEvery(7)
                  .withHistory(true)
                  .withIterates(true));
    }
  }

  private static void checkAllocation(
      LinearSolver solver, LinearSystem system, IntFunction<SolveLimits> limits) {
    FlatVector d = system.b().like();
    solver.solve(system, limits.apply(MANY), d);
    long few = allocated(solver, system, limits.apply(FEW), d);
    long many = allocated(solver, system, limits.apply(MANY), d);
    // Less than one object per iteration; measuring itself may allocate a little.
    assertThat(many - few).isLessThan(8L * (MANY - FEW));
  }

  private static long allocated(
      LinearSolver solver, LinearSystem system, SolveLimits limits, FlatVector d) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    SolveResult result = solver.solve(system, limits, d);
    long after = threads.getCurrentThreadAllocatedBytes();
    assertThat(result.reason())
        .isIn(
            SolveReason.LIMIT,
            SolveReason.CONVERGED,
            SolveReason.RELATIVE_RESIDUAL,
            SolveReason.PROGRESS);
    return after - before;
  }

  private static FlatVector ones(FlatVector like) {
    FlatVector ones = like.like();
    ones.fill(1);
    return ones;
  }

  private record Diagonal(FlatVector values) implements CurvatureOperator {

    @Override
    public int dimension() {
      return values.length();
    }

    @Override
    public void apply(FlatVector v, FlatVector result) {
      result.assign(v);
      result.multiply(values);
    }
  }
}
