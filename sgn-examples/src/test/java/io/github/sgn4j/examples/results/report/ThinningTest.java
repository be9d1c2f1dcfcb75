package io.github.sgn4j.examples.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinningTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 10})
  void leavesShortCurvesAlone(int n) {
    assertThat(Thinning.indices(n, 10)).isEqualTo(IntStream.range(0, n).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 40, 1000, 999_999})
  void keepsBothEndsAndAscends(int n) {
    int[] indices = Thinning.indices(n, 10);

    assertThat(indices).hasSizeBetween(5, 10).isSorted().doesNotHaveDuplicates();
    assertThat(indices[0]).isZero();
    assertThat(indices[indices.length - 1]).isEqualTo(n - 1);
  }

  @Test
  void isDenseAtTheBeginningAndEvenlySpacedElsewhere() {
    int[] indices = Thinning.indices(10_000, 300);

    assertThat(Arrays.stream(indices).filter(i -> i < 100).toArray()).hasSizeGreaterThan(40);
    for (int i = 1; i < indices.length; i++) {
      assertThat(indices[i] - indices[i - 1]).isLessThan(10_000 / 140);
    }
  }
}
