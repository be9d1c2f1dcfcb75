package io.github.sgn4j.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation against a plain loop, on vectors whose storage starts alike and not alike. */
class VectorArithmeticTest {

  // Several chunks and a rest.
  private static final int LENGTH = 3 * 512 + 11;

  static Stream<Arguments> vectors() {
    return Arrays.stream(Precision.values())
        .flatMap(
            precision ->
                Stream.of(new int[] {0, 0}, new int[] {7, 7}, new int[] {7, 0}, new int[] {1, 4})
                    .map(
                        offsets ->
                            Arguments.of(
                                random(precision, 1, offsets[0]),
                                random(precision, 2, offsets[1]))));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void axpy(FlatVector y, FlatVector x) {
    double[] expected = map(y, x, (a, b) -> a + 0.75 * b);

    y.axpy(0.75, x);

    assertClose(y, expected);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void axpby(FlatVector y, FlatVector x) {
    double[] expected = map(y, x, (a, b) -> 0.75 * b - 1.5 * a);

    y.axpby(0.75, x, -1.5);

    assertClose(y, expected);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void multiply(FlatVector y, FlatVector x) {
    double[] expected = map(y, x, (a, b) -> a * b);

    y.multiply(x);

    assertClose(y, expected);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void addProduct(FlatVector y, FlatVector x) {
    double[] expected = map(y, x, (a, b) -> a + b * b);
    double[] ownSquare = map(y, x, (a, b) -> a + a * b);
    FlatVector other = y.copy();
    other.addProduct(other, x);
    assertClose(other, ownSquare);

    y.addProduct(x, x);

    assertClose(y, expected);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void scaleAssignAndFill(FlatVector y, FlatVector x) {
    double[] expected = map(y, x, (a, b) -> -2 * a);
    y.scale(-2);
    assertClose(y, expected);

    y.assign(x);
    assertThat(y.toDoubleArray()).isEqualTo(x.toDoubleArray());

    y.fill(3);
    assertThat(y.toDoubleArray()).containsOnly(3);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void dotAndNorm(FlatVector y, FlatVector x) {
    double bound = 100 * y.precision().epsilon() * LENGTH;

    assertThat(y.dot(x)).isCloseTo(sum(map(y, x, (a, b) -> a * b)), within(bound));
    assertThat(y.dot(y)).isCloseTo(sum(map(y, x, (a, b) -> a * a)), within(bound));
    assertThat(y.norm()).isEqualTo(Math.sqrt(y.dot(y)));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void axpyDotIsTheUpdateAndThenTheProductWithX(FlatVector fused, FlatVector x) {
    FlatVector separate = fused.copy();
    separate.axpy(0.3, x);

    double dot = fused.axpyDot(0.3, x);

    assertThat(fused.toDoubleArray()).isEqualTo(separate.toDoubleArray());
    assertThat(dot).isEqualTo(separate.dot(x));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void axpyNormSquaredIsTheUpdateAndThenItsSquare(FlatVector fused, FlatVector x) {
    FlatVector separate = fused.copy();
    separate.axpy(-1.7, x);

    double square = fused.axpyNormSquared(-1.7, x);

    assertThat(fused.toDoubleArray()).isEqualTo(separate.toDoubleArray());
    assertThat(square).isEqualTo(separate.dot(separate));
  }

  @ParameterizedTest
  @EnumSource
  void maxAbsSeesEveryElement(Precision precision) {
    FlatVector vector = random(precision, 1, 3);
    for (int i : new int[] {0, 1, 511, 512, 1535, 1536, LENGTH - 1}) {
      double before = vector.get(i);
      vector.set(i, -64);
      assertThat(vector.maxAbs()).isEqualTo(64);
      vector.set(i, Double.NaN);
      assertThat(vector.maxAbs()).isNaN();
      vector.set(i, Double.NEGATIVE_INFINITY);
      assertThat(vector.maxAbs()).isInfinite();
      vector.set(i, before);
    }
    assertThat(vector.maxAbs()).isBetween(2.0, 10.0);
  }

  @ParameterizedTest
  @EnumSource
  void isFiniteSeesEveryElementAndNothingOutside(Precision precision) {
    FlatVector storage = FlatVector.zeros(precision, LENGTH + 2);
    storage.fill(precision == Precision.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE);
    storage.set(0, Double.NaN);
    storage.set(LENGTH + 1, Double.NaN);
    FlatVector vector = storage.view(1, LENGTH);
    assertThat(vector.isFinite()).isTrue();
    for (int i : new int[] {0, 1, 511, 512, 1535, 1536, LENGTH - 1}) {
      for (double bad :
          new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
        vector.set(i, bad);
        assertThat(vector.isFinite()).isFalse();
        vector.set(i, 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyVectorIsZeroAndFinite(Precision precision) {
    FlatVector empty = FlatVector.zeros(precision, 0);

    assertThat(empty.maxAbs()).isZero();
    assertThat(empty.dot(empty)).isZero();
    assertThat(empty.isFinite()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void refusesVectorsOfAnotherLengthOrPrecision(Precision precision) {
    FlatVector vector = FlatVector.zeros(precision, 3);
    Precision other = precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT;

    for (FlatVector x :
        new FlatVector[] {FlatVector.zeros(precision, 4), FlatVector.zeros(other, 3)}) {
      assertThatThrownBy(() -> vector.axpyDot(1, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not go with one of 3 " + precision);
      assertThatThrownBy(() -> vector.axpyNormSquared(1, x))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> vector.axpby(1, x, 1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static double[] map(FlatVector y, FlatVector x, DoubleBinaryOperator operator) {
    double[] result = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      result[i] = operator.applyAsDouble(y.get(i), x.get(i));
    }
    return result;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static void assertClose(FlatVector actual, double[] expected) {
    assertThat(actual.toDoubleArray())
        .containsExactly(expected, within(32 * actual.precision().epsilon()));
  }

  private static FlatVector random(Precision precision, long seed, int offset) {
    Random random = new Random(seed);
    FlatVector storage = FlatVector.zeros(precision, LENGTH + offset);
    for (int i = 0; i < storage.length(); i++) {
      storage.set(i, random.nextGaussian());
    }
    return storage.view(offset, LENGTH);
  }
}
