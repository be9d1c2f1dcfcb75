package io.github.sgn4j.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** The loss of a batch alone, as the line search and the trust region ask for it. */
public class Loss extends NetBenchmark {

  /** The loss. */
  @Benchmark
  public double loss() {
    return workload.objective().value(workload.theta(), workload.batch());
  }
}
