package io.github.sgn4j.nd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricInverseTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 63, 64, 65, 100, 129, 150, 257, 400, 785})
  void timesTheMatrixIsTheIdentity(int rows) {
    double[] matrix = positive(rows, 0.01);
    double[] inverse = matrix.clone();

    assertThat(new SymmetricInverse(rows).invert(rows, inverse)).isTrue();

    double[] line = new double[rows];
    // All rows of small ones, some of large ones: the product is the test's slow part.
    for (int i = 0; i < rows; i += 1 + rows / 40) {
      for (int j = 0; j < rows; j++) {
        line[j] = 0;
        for (int k = 0; k < rows; k++) {
          line[j] += matrix[i * rows + k] * inverse[k * rows + j];
        }
        assertThat(line[j]).isCloseTo(i == j ? 1 : 0, within(1e-9));
        assertThat(inverse[j * rows + i]).isEqualTo(inverse[i * rows + j]);
      }
    }
  }

  @Test
  void servesSmallerMatricesThanItHasRoomFor() {
    SymmetricInverse inverse = new SymmetricInverse(150);
    double[] large = positive(150, 1);
    inverse.invert(150, large);
    double[] expected = positive(70, 1);
    new SymmetricInverse(70).invert(70, expected);
    double[] actual = new double[150 * 150];
    System.arraycopy(positive(70, 1), 0, actual, 0, 70 * 70);

    assertThat(inverse.invert(70, actual)).isTrue();

    assertThat(java.util.Arrays.copyOf(actual, 70 * 70)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100})
  void refusesWhatIsNotPositiveDefinite(int rows) {
    SymmetricInverse inverse = new SymmetricInverse(rows);
    double[] indefinite = positive(rows, 1);
    indefinite[rows * rows - 1] = -1;
    double[] notFinite = positive(rows, 1);
    notFinite[0] = Double.NaN;

    assertThat(inverse.invert(rows, indefinite)).isFalse();
    assertThat(inverse.invert(rows, notFinite)).isFalse();
    assertThat(inverse.invert(rows, positive(rows, 1))).isTrue();
  }

  /** A matrix of half the rank, and so much on its diagonal. */
  private static double[] positive(int rows, double damping) {
    Random random = new Random(rows);
    double[] factor = new double[rows * (rows / 2 + 1)];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = random.nextGaussian();
    }
    int rank = factor.length / rows;
    double[] matrix = new double[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
          sum += factor[i * rank + k] * factor[j * rank + k];
        }
        matrix[i * rows + j] = sum / rows + (i == j ? damping : 0);
      }
    }
    return matrix;
  }
}
