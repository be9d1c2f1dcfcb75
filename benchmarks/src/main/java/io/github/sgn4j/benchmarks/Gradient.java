package io.github.sgn4j.benchmarks;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import org.openjdk.jmh.annotations.Benchmark;

/** Loss and gradient of a batch, from theta on. */
public class Gradient extends NetBenchmark {

  private FlatVector result;

  @Override
  void prepare() {
    result = workload.theta().like();
  }

  /** Linearizes, takes the gradient, closes. */
  @Benchmark
  public FlatVector gradient() {
    try (Linearization linearization =
        workload.objective().linearize(workload.theta(), workload.batch())) {
      linearization.gradient(result);
    }
    return result;
  }
}
