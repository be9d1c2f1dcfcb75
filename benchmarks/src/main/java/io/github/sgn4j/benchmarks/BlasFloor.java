package io.github.sgn4j.benchmarks;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.HostArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.nd4j.linalg.api.buffer.DataType;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The matrix products of one Gauss-Newton product and nothing else, by plain calls: on one thread,
 * or where the library computes shards by several threads, on as many, each with single-threaded
 * BLAS.
 */
public class BlasFloor extends NetBenchmark {

  private static final int PART = 200_000;

  private record Gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      HostArray a,
      HostArray b,
      HostArray c) {

    static Gemm of(boolean transposeA, boolean transposeB, int m, int n, int k) {
      return new Gemm(transposeA, transposeB, m, n, k, array(m * k), array(k * n), array(m * n));
    }

    private static HostArray array(int length) {
      return HostArray.of(Backend.allocate(DataType.FLOAT, length).assign(0.5));
    }
  }

  private final List<Callable<Object>> shares = new ArrayList<>();
  private ExecutorService threads;

  @Override
  void prepare() {
    int count = Workload.isSharded(net) ? Runtime.getRuntime().availableProcessors() : 1;
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      List<Gemm> gemms = gemms(count);
      shares.add(() -> run(gemms));
    }
  }

  @Override
  void release() {
    threads.shutdown();
  }

  /** One thread's share of the rows. */
  private List<Gemm> gemms(int count) {
    List<Gemm> gemms = new ArrayList<>();
    for (int i = 0; i < workload.layers().size(); i++) {
      LayerProduct layer = workload.layers().get(i);
      int rows = layer.rows() / count;
      // A convolution's patches in parts that stay in the cache: all of them at once are slower.
      int parts = Math.max(1, rows / Math.max(1000, PART / layer.inputs()));
      List<Gemm> part = part(rows / parts, layer.inputs(), layer.outputs(), i > 0);
      gemms.addAll(Collections.nCopies(parts, part).stream().flatMap(List::stream).toList());
    }
    return gemms;
  }

  private static Object run(List<Gemm> gemms) {
    for (Gemm g : gemms) {
      Blas.gemm(g.transposeA, g.transposeB, g.m, g.n, g.k, g.a, g.b, 0, g.c);
    }
    return gemms;
  }

  private static List<Gemm> part(int rows, int in, int out, boolean behindFirst) {
    // J v: x dW, and dx W behind the first layer. J^T u: x^T u, and u W^T behind the first.
    List<Gemm> list = new ArrayList<>();
    list.add(Gemm.of(false, false, rows, out, in));
    list.add(Gemm.of(true, false, in, out, rows));
    if (behindFirst) {
      list.add(Gemm.of(false, false, rows, out, in));
      list.add(Gemm.of(false, true, rows, in, out));
    }
    return list;
  }

  /** All of them. */
  @Benchmark
  public Object product() throws Exception {
    return shares.size() == 1 ? shares.get(0).call() : threads.invokeAll(shares);
  }
}
