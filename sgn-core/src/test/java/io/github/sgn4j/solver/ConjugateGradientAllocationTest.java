package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.sgn4j.curvature.CurvatureOperator;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.lang.management.ManagementFactory;
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
    FlatVector d = b.like();
    ConjugateGradient solver = new ConjugateGradient(precision, N);
    DiagonalPreconditioner preconditioner = new DiagonalPreconditioner(precision, N, 0.5);
    preconditioner.update(b, 1);
    CurvatureOperator operator = new Diagonal(diagonal);

    for (Preconditioner m : new Preconditioner[] {Preconditioner.identity(), preconditioner}) {
      solver.solve(
          LinearSystem.of(operator, 1e-3, b).withPreconditioner(m), new SolveLimits(MANY, 0), d);
      long few = allocated(solver, operator, b, m, FEW, d);
      long many = allocated(solver, operator, b, m, MANY, d);
      // Less than one object per iteration; measuring itself may allocate a little.
      assertThat(many - few).isLessThan(8L * (MANY - FEW));
    }
  }

  private static long allocated(
      LinearSolver solver,
      CurvatureOperator operator,
      FlatVector b,
      Preconditioner m,
      int iterations,
      FlatVector d) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    SolveResult result =
        solver.solve(
            LinearSystem.of(operator, 1e-3, b).withPreconditioner(m),
            new SolveLimits(iterations, 0),
            d);
    long after = threads.getCurrentThreadAllocatedBytes();
    assertThat(result.reason()).isIn(SolveReason.LIMIT, SolveReason.CONVERGED);
    return after - before;
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
