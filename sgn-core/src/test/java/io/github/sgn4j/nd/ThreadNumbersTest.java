package io.github.sgn4j.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Who asks for one thread gets it, and leaves behind what it found. */
class ThreadNumbersTest {

  private int blasBefore;
  private int opsBefore;

  @BeforeEach
  void twoThreads() {
    Nd4j.create(1);
    blasBefore = openblas.blas_get_num_threads();
    opsBefore = ops();
    openblas.blas_set_num_threads(2);
    setOps(2);
  }

  @AfterEach
  void restore() {
    openblas.blas_set_num_threads(blasBefore);
    setOps(opsBefore);
  }

  private static int ops() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }

  private static void setOps(int count) {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
  }

  @Test
  void nestedBlasLeasesRestoreTheNumberWithTheLast() {
    try (BlasThreads.Lease outer = BlasThreads.single(this)) {
      assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
      BlasThreads.Lease inner = BlasThreads.single(this);
      inner.close();
      inner.close();
      assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
    }
    assertThat(openblas.blas_get_num_threads()).isEqualTo(2);
  }

  @Test
  void overlappingBlasLeasesRestoreTheNumberWithTheLast() {
    BlasThreads.Lease first = BlasThreads.single(this);
    BlasThreads.Lease second = BlasThreads.single(this);
    first.close();
    assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
    second.close();
    assertThat(openblas.blas_get_num_threads()).isEqualTo(2);
  }

  @Test
  void opsRunOnOneThreadUntilRestored() {
    int outer = OpThreads.single();
    int inner = OpThreads.single();
    assertThat(ops()).isEqualTo(1);
    OpThreads.restore(inner);
    assertThat(ops()).isEqualTo(1);
    OpThreads.restore(outer);
    assertThat(ops()).isEqualTo(2);
  }

  @Test
  void otherThreadsOpsAreLetBe() {
    int other = CompletableFuture.supplyAsync(ThreadNumbersTest::ops).join();
    int before = OpThreads.single();
    try {
      assertThat(CompletableFuture.supplyAsync(ThreadNumbersTest::ops).join()).isEqualTo(other);
    } finally {
      OpThreads.restore(before);
    }
  }
}
