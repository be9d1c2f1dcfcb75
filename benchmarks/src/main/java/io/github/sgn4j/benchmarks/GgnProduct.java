package io.github.sgn4j.benchmarks;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import org.openjdk.jmh.annotations.Benchmark;

/** One Gauss-Newton product on a linearization that is open already, as in a CG iteration. */
public class GgnProduct extends NetBenchmark {

  private Linearization linearization;
  private FlatVector result;

  @Override
  void prepare() {
    linearization = workload.objective().linearize(workload.theta(), workload.batch());
    result = workload.theta().like();
  }

  /** G v. */
  @Benchmark
  public FlatVector product() {
    linearization.ggnVectorProduct(workload.direction(), result);
    return result;
  }

  @Override
  void release() {
    linearization.close();
  }
}
