package io.github.sgn4j.benchmarks;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.HostArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The matrix products of one Gauss-Newton product and nothing else, on one thread, to which the
 * open objective of the workload holds BLAS: no implementation that uses this BLAS on one thread
 * can be faster than that.
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

  private final List<Gemm> gemms = new ArrayList<>();

  @Override
  void prepare() {
    for (int i = 0; i < workload.products().size(); i++) {
      LayerProduct layer = workload.products().get(i);
      // A convolution's patches in parts that stay in the cache: all of them at once are slower.
      int parts = Math.max(1, layer.rows() / Math.max(1000, PART / layer.inputs()));
      List<Gemm> part = part(layer.rows() / parts, layer.inputs(), layer.outputs(), i > 0);
      gemms.addAll(Collections.nCopies(parts, part).stream().flatMap(List::stream).toList());
    }
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
  public Object product() {
    for (Gemm g : gemms) {
      Blas.gemm(g.transposeA, g.transposeB, g.m, g.n, g.k, g.a, g.b, 0, g.c);
    }
    return gemms;
  }
}
