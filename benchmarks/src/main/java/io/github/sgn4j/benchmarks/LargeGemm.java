package io.github.sgn4j.benchmarks;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.BlasThreads;
import io.github.sgn4j.nd.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.openjdk.jmh.annotations.Benchmark;
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

/**
 * What the machine gives at best: square matrix products in single precision, one a thread at a
 * time, each with single-threaded BLAS.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LargeGemm {

  /** Rows and columns of the matrices. */
  static final int SIZE = 1536;

  /** Threads that multiply at the same time. */
  @Param({"1", "2"})
  public int threads;

  private final List<Callable<Object>> products = new ArrayList<>();
  private ExecutorService executor;
  private BlasThreads.Lease lease;

  /** Makes the matrices. */
  @Setup
  public void setUp() {
    lease = BlasThreads.single(this);
    executor = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      HostArray a = matrix();
      HostArray b = matrix();
      HostArray c = matrix();
      products.add(
          () -> {
            Blas.gemm(false, false, SIZE, SIZE, SIZE, a, b, 0, c);
            return c;
          });
    }
  }

  private static HostArray matrix() {
    return HostArray.of(Backend.allocate(DataType.FLOAT, SIZE, SIZE).assign(0.5));
  }

  /** Operations of one call. */
  static double flops(int threads) {
    return 2.0 * threads * SIZE * SIZE * SIZE;
  }

  /** One product a thread. */
  @Benchmark
  public Object product() throws InterruptedException {
    return executor.invokeAll(products);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    executor.shutdown();
    lease.close();
  }
}
