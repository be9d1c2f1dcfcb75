package io.github.sgn4j.damping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarquardtScalingTest {

  private static FlatVector vector(double... values) {
    return FlatVector.of(Precision.DOUBLE, values);
  }

  @Test
  void isTheIdentityUntilThereIsCurvature() {
    MarquardtScaling scaling = MarquardtScaling.runningMaximum(Precision.DOUBLE, 3, 1e-6);

    assertThat(scaling.scaling().toDoubleArray()).containsExactly(1, 1, 1);
    scaling.update(vector(0, 0, 0));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(1, 1, 1);
    scaling.update(vector(0, 0.5, 0));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(0.5e-6, 0.5, 0.5e-6);
  }

  @Test
  void theRunningMaximumKeepsTheLargest() {
    MarquardtScaling scaling = MarquardtScaling.runningMaximum(Precision.DOUBLE, 3, 0.25);

    scaling.update(vector(8, 3, 1));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(8, 3, 2);
    scaling.update(vector(4, 5, 1));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(8, 5, 2);
    scaling.update(vector(0, 0, 16));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(8, 5, 16);
    scaling.update(vector(32, 0, 0));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(32, 8, 16);
  }

  @Test
  void theRunningMaximumNeverDecreases() {
    Random random = new Random(3);
    MarquardtScaling scaling = MarquardtScaling.runningMaximum(Precision.DOUBLE, 5, 1e-2);
    scaling.update(vector(random.doubles(5).toArray()));
    for (int step = 0; step < 50; step++) {
      double[] before = scaling.scaling().toDoubleArray();
      scaling.update(vector(random.doubles(5, 0, 1 + step % 7).toArray()));
      for (int i = 0; i < 5; i++) {
        assertThat(scaling.scaling().get(i)).isGreaterThanOrEqualTo(before[i]);
      }
    }
  }

  @Test
  void theMovingAverageStartsWithTheFirstDiagonalAndForgets() {
    MarquardtScaling scaling = MarquardtScaling.movingAverage(Precision.DOUBLE, 2, 1e-6, 0.75);

    scaling.update(vector(8, 4));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(8, 4);
    scaling.update(vector(4, 8));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(7, 5);
    scaling.update(vector(0, 0));
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(5.25, 3.75);
  }

  @Test
  void withoutDecayItIsTheLastDiagonal() {
    MarquardtScaling scaling = MarquardtScaling.movingAverage(Precision.DOUBLE, 2, 0.5, 0);

    scaling.update(vector(8, 1));
    scaling.update(vector(1, 2));

    assertThat(scaling.scaling().toDoubleArray()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void staysPositiveInEitherPrecision(Precision precision) {
    MarquardtScaling scaling = MarquardtScaling.runningMaximum(precision, 2, 1e-12);

    scaling.update(FlatVector.of(precision, 0, 1e-37));

    assertThat(scaling.scaling().get(0)).isPositive();
    assertThat(scaling.scaling().get(1)).isEqualTo(FlatVector.of(precision, 1e-37).get(0));
  }

  static Stream<Supplier<MarquardtScaling>> kinds() {
    return Stream.of(
        () -> MarquardtScaling.runningMaximum(Precision.FLOAT, 4, 1e-3),
        () -> MarquardtScaling.movingAverage(Precision.FLOAT, 4, 1e-3, 0.9));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void continuesAfterRestoringBitForBit(Supplier<MarquardtScaling> create) {
    Random random = new Random(5);
    MarquardtScaling original = create.get();
    original.update(random(random));
    original.update(random(random));
    FlatVector memory = original.memory();
    MarquardtScaling copy = create.get();
    copy.restore(memory);

    for (int step = 0; step < 5; step++) {
      assertThat(copy.scaling().toDoubleArray()).isEqualTo(original.scaling().toDoubleArray());
      FlatVector diagonal = random(random);
      original.update(diagonal);
      copy.update(diagonal);
    }
    assertThat(memory.toDoubleArray()).isNotEqualTo(copy.memory().toDoubleArray());
  }

  private static FlatVector random(Random random) {
    return FlatVector.of(Precision.FLOAT, random.doubles(4).toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoDiagonalAndStaysAsItIs(double element) {
    MarquardtScaling scaling = MarquardtScaling.movingAverage(Precision.DOUBLE, 2, 1e-6, 0.9);
    scaling.update(vector(2, 3));

    assertThatThrownBy(() -> scaling.update(vector(7, element)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("element 1 of the diagonal is " + element);
    assertThatThrownBy(() -> scaling.restore(vector(element, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("element 0 of the diagonal is " + element);
    assertThat(scaling.scaling().toDoubleArray()).containsExactly(2, 3);
    assertThat(scaling.memory().toDoubleArray()).containsExactly(2, 3);
  }

  @Test
  void refusesVectorsThatDoNotFit() {
    MarquardtScaling scaling = MarquardtScaling.runningMaximum(Precision.FLOAT, 2, 1e-6);

    assertThatThrownBy(() -> scaling.update(vector(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a diagonal of 2 DOUBLE does not go with a scaling of 2 FLOAT");
    assertThatThrownBy(() -> scaling.restore(FlatVector.of(Precision.FLOAT, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a diagonal of 1 FLOAT does not go with a scaling of 2 FLOAT");
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> MarquardtScaling.runningMaximum(Precision.FLOAT, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon = 0.0: must be above 0 and at most 1");
    assertThatThrownBy(() -> MarquardtScaling.movingAverage(Precision.FLOAT, 2, 0.1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decay = 1.0: must be at least 0 and below 1");
  }
}
