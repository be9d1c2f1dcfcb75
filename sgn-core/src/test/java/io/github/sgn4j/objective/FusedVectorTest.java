package io.github.sgn4j.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FusedVectorTest {

  // Several blocks and a rest, and not at the start of the storage.
  private static final int LENGTH = 2 * 512 * 64 + 1000;
  private static final int OFFSET = 7;

  @ParameterizedTest
  @EnumSource
  void axpyDotIsTheUpdateAndThenTheProductWithX(Precision precision) {
    FlatVector x = random(precision, 1);
    FlatVector fused = random(precision, 2);
    FlatVector separate = fused.copy();
    separate.axpy(0.3, x);

    double dot = fused.axpyDot(0.3, x);

    assertThat(fused.toDoubleArray()).isEqualTo(separate.toDoubleArray());
    assertThat(dot).isEqualTo(separate.dot(x));
    assertThat(dot)
        .isCloseTo(
            exactDot(separate, x), within(1000 * precision.epsilon() * separate.norm() * x.norm()));
  }

  @ParameterizedTest
  @EnumSource
  void axpyNormSquaredIsTheUpdateAndThenItsSquare(Precision precision) {
    FlatVector x = random(precision, 1);
    FlatVector fused = random(precision, 2);
    FlatVector separate = fused.copy();
    separate.axpy(-1.7, x);

    double square = fused.axpyNormSquared(-1.7, x);

    assertThat(fused.toDoubleArray()).isEqualTo(separate.toDoubleArray());
    assertThat(square).isEqualTo(separate.dot(separate));
    assertThat(square)
        .isCloseTo(exactDot(separate, separate), within(1000 * precision.epsilon() * square));
  }

  private static double exactDot(FlatVector a, FlatVector b) {
    double sum = 0;
    for (int i = 0; i < a.length(); i++) {
      sum += a.get(i) * b.get(i);
    }
    return sum;
  }

  private static FlatVector random(Precision precision, long seed) {
    Random random = new Random(seed);
    FlatVector storage = FlatVector.zeros(precision, LENGTH + OFFSET);
    for (int i = 0; i < storage.length(); i++) {
      storage.set(i, random.nextGaussian());
    }
    return storage.view(OFFSET, LENGTH);
  }
}
