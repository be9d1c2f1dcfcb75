package io.github.sgn4j.benchmarks;

import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * One SGN step with a trust region: linearization, gradient, conjugate gradients and one loss after
 * the step. Every invocation restores theta, momentum and damping first, which is part of its time.
 */
public class SgnStep extends NetBenchmark {

  /** Conjugate gradient iterations, exactly. */
  @Param("10")
  public int cg;

  private SgnOptimizer optimizer;
  private OptimizerState start;

  @Override
  void prepare() {
    SgnOptions options =
        SgnOptions.builder()
            .damping(1e-4)
            .cgTolerance(0)
            .cgMinIterations(cg)
            .cgMaxIterations(cg)
            .lineSearch(false)
            .build();
    optimizer = new SgnOptimizer(workload.objective(), options);
    start = optimizer.state();
  }

  /** The step. */
  @Benchmark
  public StepReport step() {
    optimizer.restore(start);
    StepReport report = optimizer.step(workload.batch());
    if (report.cgIterations() != cg) {
      throw new IllegalStateException(
          "CG made " + report.cgIterations() + " iterations, not " + cg + ": " + report.reason());
    }
    return report;
  }
}
