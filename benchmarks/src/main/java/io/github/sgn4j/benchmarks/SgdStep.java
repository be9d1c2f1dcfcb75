package io.github.sgn4j.benchmarks;

import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.StepReport;
import org.openjdk.jmh.annotations.Benchmark;

/** One step of plain SGD, always from the same theta. */
public class SgdStep extends NetBenchmark {

  private SgdOptimizer optimizer;
  private OptimizerState start;

  @Override
  void prepare() {
    optimizer =
        new SgdOptimizer(workload.objective(), SgdOptions.builder().learningRate(1e-6).build());
    start = optimizer.state();
  }

  /** The step. */
  @Benchmark
  public StepReport step() {
    optimizer.restore(start);
    return optimizer.step(workload.batch());
  }
}
