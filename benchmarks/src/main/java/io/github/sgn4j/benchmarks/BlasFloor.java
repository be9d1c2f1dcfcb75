package io.github.sgn4j.benchmarks;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.HostArray;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The matrix products of one Gauss-Newton product and nothing else, on one thread, to which the
 * open objective of the workload holds BLAS: no implementation that uses this BLAS on one thread
 * can be faster than that.
 */
public class BlasFloor extends NetBenchmark {

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

  private final List<Gemm> gemms = new ArrayList<>();

  @Override
  void prepare() {
    int samples = workload.shape().samples();
    List<Integer> widths = workload.shape().widths();
    for (int layer = 0; layer + 1 < widths.size(); layer++) {
      int in = widths.get(layer);
      int out = widths.get(layer + 1);
      // J v: x dW, and dx W behind the first layer. J^T u: x^T u, and u W^T behind the first.
      gemms.add(Gemm.of(false, false, samples, out, in));
      gemms.add(Gemm.of(true, false, in, out, samples));
      if (layer > 0) {
        gemms.add(Gemm.of(false, false, samples, out, in));
        gemms.add(Gemm.of(false, true, samples, in, out));
      }
    }
  }

  /** All of them. */
  @Benchmark
  public Object product() {
    for (Gemm g : gemms) {
      Blas.gemm(g.transposeA, g.transposeB, g.m, g.n, g.k, g.a, g.b, 0, g.c);
    }
    return gemms;
  }
}
