package io.github.sgn4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What all benchmarks share: the network and how it is measured. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class NetBenchmark {

  /** The network's name. */
  @Param({"mnist-mlp", "boston-mlp", "sine-mlp", "fashion-conv", "cifar-conv"})
  public String net;

  Workload workload;

  /** Builds the network. */
  @Setup
  public final void setUp() {
    workload = Workload.of(net);
    prepare();
  }

  /** Closes what was opened. */
  @TearDown
  public final void tearDown() {
    release();
    workload.objective().close();
  }

  /** Opens what a benchmark needs beyond the workload. */
  void prepare() {}

  /** Closes it. */
  void release() {}
}
