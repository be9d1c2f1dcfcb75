package io.github.sgn4j.kronecker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.objective.ParameterSpace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KroneckerLimitsTest {

  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private KroneckerLimits limits() {
    return KroneckerLimits.of(ParameterSpace.of(shapes));
  }

  @Test
  void keepLargeInputsAndFewOutputsInDenseModels() {
    shapes.put("w", new long[] {1000, 3});
    shapes.put("b", new long[] {3});

    assertThat(limits()).isEqualTo(new KroneckerLimits(512, 64));
  }

  @Test
  void keepMoreOutputsWhereIterationsAreFew() {
    shapes.put("w", new long[] {1000, 3});

    assertThat(KroneckerLimits.ofFewIterations(ParameterSpace.of(shapes)))
        .isEqualTo(new KroneckerLimits(512, 512, 1024));
  }

  @Test
  void keepLargerSidesBesideFilters() {
    shapes.put("w", new long[] {1000, 3});
    shapes.put("filters", new long[] {3, 3, 1, 4});

    assertThat(limits()).isEqualTo(new KroneckerLimits(2048, 2048));
    assertThat(KroneckerLimits.ofFewIterations(ParameterSpace.of(shapes))).isEqualTo(limits());
  }

  @Test
  void areAtLeastOne() {
    assertThatThrownBy(() -> new KroneckerLimits(0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "limits of 0 rows, 4 columns and 0 rows of wide matrices: must be at least 1 each");
    assertThatThrownBy(() -> new KroneckerLimits(4, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KroneckerLimits(4, 4, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void haveMoreRowsBesideManyColumns() {
    KroneckerLimits limits = new KroneckerLimits(4, 5, 6);

    assertThat(limits.rowsBeside(KroneckerLimits.WIDE - 1)).isEqualTo(4);
    assertThat(limits.rowsBeside(KroneckerLimits.WIDE)).isEqualTo(6);
    assertThat(new KroneckerLimits(4, 5).rowsBeside(KroneckerLimits.WIDE)).isEqualTo(4);
  }
}
