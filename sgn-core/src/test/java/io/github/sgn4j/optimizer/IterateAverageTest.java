package io.github.sgn4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IterateAverageTest {

  private static FlatVector vector(double... values) {
    return FlatVector.of(Precision.DOUBLE, values);
  }

  private static double[] values(IterateAverage average) {
    return average.memory().toDoubleArray();
  }

  @Test
  void startsAtTheFirstIterate() {
    assertThat(values(new IterateAverage(8, vector(3, -1)))).containsExactly(3, -1);
  }

  @Test
  void theFirstStepsByHand() {
    IterateAverage average = new IterateAverage(1, vector(6));

    average.add(vector(0));
    // weight 2/3
    assertThat(values(average)).containsExactly(new double[] {2}, within(1e-15));
    average.add(vector(4));
    // weight 2/4
    assertThat(values(average)).containsExactly(new double[] {3}, within(1e-15));
    assertThat(average.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8})
  void weighsTheIteratesByAPolynomialOfTheirNumber(int eta) {
    Random random = new Random(1);
    double first = random.nextGaussian();
    IterateAverage average = new IterateAverage(eta, vector(first));
    double weights = weight(0, eta);
    double sum = weights * first;
    for (int i = 1; i < 40; i++) {
      double theta = random.nextGaussian();
      average.add(vector(theta));
      weights += weight(i, eta);
      sum += weight(i, eta) * theta;

      assertThat(values(average)).containsExactly(new double[] {sum / weights}, within(1e-14));
    }
  }

  private static double weight(int i, int eta) {
    double weight = 1;
    for (int k = 1; k <= eta; k++) {
      weight *= i + k;
    }
    return weight;
  }

  @ParameterizedTest
  @EnumSource
  void copiesToEitherPrecisionAndTakesPartsOfVectors(Precision precision) {
    FlatVector long1 = FlatVector.of(precision, 9, 1, 2, 9);
    FlatVector long2 = FlatVector.of(precision, 9, 2, 5, 9);
    IterateAverage average = new IterateAverage(0, long1.view(1, 2));
    average.add(long2.view(1, 2));
    FlatVector result = FlatVector.zeros(precision, 4);

    average.copyTo(result.view(2, 2));

    assertThat(result.toDoubleArray()).containsExactly(0, 0, 1.5, 3.5);
  }

  @Test
  void singlePrecisionIteratesStillMoveItLate() {
    FlatVector start = FlatVector.of(Precision.FLOAT, 1);
    FlatVector near = FlatVector.of(Precision.FLOAT, 1 + 1e-4);
    IterateAverage average = new IterateAverage(8, start);
    average.restore(1_000_000, average.memory());

    for (int i = 0; i < 1000; i++) {
      average.add(near);
    }

    // In single precision a step of 9e-6 times 1e-4 would vanish.
    double expected = near.get(0) + (1 - near.get(0)) * Math.pow(1000.0 / 1001, 9);
    assertThat(average.memory().get(0)).isCloseTo(expected, within(1e-9));
    assertThat(average.memory().get(0)).isGreaterThan(1 + 8e-7);
  }

  @Test
  void continuesAfterRestoringBitForBit() {
    Random random = new Random(2);
    IterateAverage original = new IterateAverage(8, vector(1, 2, 3));
    for (int i = 0; i < 7; i++) {
      original.add(random(random));
    }
    IterateAverage copy = new IterateAverage(8, vector(0, 0, 0));
    copy.restore(original.count(), original.memory());

    for (int i = 0; i < 7; i++) {
      assertThat(values(copy)).isEqualTo(values(original));
      FlatVector theta = random(random);
      original.add(theta);
      copy.add(theta);
    }
    assertThat(copy.count()).isEqualTo(original.count());
  }

  private static FlatVector random(Random random) {
    return vector(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateAllocatesNothing(Precision precision) {
    FlatVector theta = FlatVector.zeros(precision, 1000);
    IterateAverage average = new IterateAverage(8, theta);
    add(average, theta, 500);

    // Less than one object per update; measuring itself may allocate a little.
    assertThat(add(average, theta, 510) - add(average, theta, 10)).isLessThan(8 * 500);
  }

  private static long add(IterateAverage average, FlatVector theta, int times) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      average.add(theta);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void refusesWhatItCannotAverageAndStaysAsItIs() {
    IterateAverage average = new IterateAverage(8, vector(1, 2));

    assertThatThrownBy(() -> average.add(vector(1, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN or infinite");
    assertThatThrownBy(() -> average.add(vector(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a vector of 1 does not go with an average of 2");
    assertThatThrownBy(() -> average.copyTo(vector(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> average.restore(-1, vector(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count = -1: must be at least 0");
    assertThatThrownBy(() -> average.restore(5, FlatVector.of(Precision.FLOAT, 3, 4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> average.restore(5, vector(3, Double.POSITIVE_INFINITY)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IterateAverage(-1, vector(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option eta = -1.0: must be finite and at least 0");
    assertThat(values(average)).containsExactly(1, 2);
    assertThat(average.count()).isZero();
  }
}
