package io.github.sgn4j.nd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.objective.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The BLAS of this machine, with the kernels that its environment picks, against plain loops. The
 * performance guide tells users to run it before they trust a kernel that they have chosen.
 */
class BlasProductsTest {

  /**
   * m, n, k: the products of the published networks, sizes around kernels' block edges, odd ones.
   */
  private static final int[][] SIZES = {
    {1000, 20, 784},
    {784, 20, 1000},
    {101, 100, 100},
    {100, 1, 101},
    {1000, 10, 20},
    {1, 1, 1},
    {3, 5, 7},
    {16, 16, 16},
    {17, 15, 33},
    {64, 48, 128},
    {129, 65, 257},
    {576, 6, 25},
    {400, 64, 576},
  };

  record Product(Precision precision, boolean transposeA, boolean transposeB, int m, int n, int k) {
    double unitRoundoff() {
      return precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    }
  }

  static List<Product> products() {
    List<Product> products = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (int[] s : SIZES) {
        products.add(new Product(precision, false, false, s[0], s[1], s[2]));
        products.add(new Product(precision, true, false, s[0], s[1], s[2]));
        products.add(new Product(precision, false, true, s[0], s[1], s[2]));
      }
    }
    return products;
  }

  @ParameterizedTest
  @MethodSource("products")
  void equalsPlainLoops(Product p) {
    SplittableRandom random = new SplittableRandom(1);
    INDArray a = random(p.precision, random, (long) p.m * p.k);
    INDArray b = random(p.precision, random, (long) p.k * p.n);
    INDArray c = random(p.precision, random, (long) p.m * p.n);
    double[] before = c.data().asDouble();
    double[] left = a.data().asDouble();
    double[] right = b.data().asDouble();

    Blas.gemm(
        p.transposeA,
        p.transposeB,
        p.m,
        p.n,
        p.k,
        HostArray.of(a),
        HostArray.of(b),
        1,
        HostArray.of(c));

    double[] result = c.data().asDouble();
    double worst = 0;
    for (int i = 0; i < p.m; i++) {
      for (int j = 0; j < p.n; j++) {
        double sum = before[i * p.n + j];
        double magnitude = Math.abs(sum);
        for (int l = 0; l < p.k; l++) {
          double x = p.transposeA ? left[l * p.m + i] : left[i * p.k + l];
          double y = p.transposeB ? right[j * p.k + l] : right[l * p.n + j];
          sum += x * y;
          magnitude += Math.abs(x * y);
        }
        worst = Math.max(worst, Math.abs(result[i * p.n + j] - sum) / magnitude);
      }
    }
    // Higham, Accuracy and Stability of Numerical Algorithms, eq. 3.5, holds for any order of
    // summation; twice, since the plain loop rounds too.
    assertThat(worst).isLessThan(2 * (p.k + 2) * p.unitRoundoff());
  }

  static List<Product> squares() {
    // Of op(A) op(A)^T, m by m.
    return products().stream().filter(p -> !p.transposeB).toList();
  }

  @ParameterizedTest
  @MethodSource("squares")
  void productsWithThemselvesEqualPlainLoops(Product p) {
    SplittableRandom random = new SplittableRandom(2);
    INDArray a = random(p.precision, random, (long) p.m * p.k);
    INDArray c = random(p.precision, random, (long) p.m * p.m);
    double[] before = c.data().asDouble();
    double[] factor = a.data().asDouble();
    boolean upperIsAsBefore = true;

    Blas.syrk(p.transposeA, p.m, p.k, HostArray.of(a), 0.5, HostArray.of(c));

    double[] result = c.data().asDouble();
    double worst = 0;
    for (int i = 0; i < p.m; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0.5 * before[i * p.m + j];
        double magnitude = Math.abs(sum);
        for (int l = 0; l < p.k; l++) {
          double x = factor[p.transposeA ? l * p.m + i : i * p.k + l];
          double y = factor[p.transposeA ? l * p.m + j : j * p.k + l];
          sum += x * y;
          magnitude += Math.abs(x * y);
        }
        worst = Math.max(worst, Math.abs(result[i * p.m + j] - sum) / magnitude);
      }
      for (int j = i + 1; j < p.m; j++) {
        upperIsAsBefore &= result[i * p.m + j] == before[i * p.m + j];
      }
    }
    assertThat(upperIsAsBefore).isTrue();
    assertThat(worst).isLessThan(2 * (p.k + 2) * p.unitRoundoff());
  }

  private static INDArray random(Precision precision, SplittableRandom random, long length) {
    INDArray array = Backend.allocate(Backend.dataType(precision), length);
    for (long i = 0; i < length; i++) {
      array.putScalar(i, random.nextDouble(-1, 1));
    }
    return array;
  }
}
