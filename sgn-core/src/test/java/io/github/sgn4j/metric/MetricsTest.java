package io.github.sgn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MetricsTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void accuracyCountsHits(DataType type) {
    // The last row is a tie of 0 and 1: the first counts.
    INDArray output =
        Nd4j.create(new double[][] {{0.1, 0.9}, {-1, -2}, {3, 2}, {1, 1}}).castTo(type);
    INDArray oneHot = Nd4j.create(new double[][] {{0, 1}, {1, 0}, {0, 1}, {1, 0}}).castTo(type);
    assertThat(Metrics.accuracy().measure(output, oneHot)).isEqualTo(0.75);
    INDArray classes = Nd4j.createFromArray(1, 0, 1, 1);
    assertThat(Metrics.accuracy().measure(output, classes)).isEqualTo(0.5);
    assertThat(Metrics.accuracy().measure(output, classes.reshape(4, 1))).isEqualTo(0.5);
    assertThat(Metrics.accuracy().measure(output, classes.castTo(DataType.INT64))).isEqualTo(0.5);
    assertThatThrownBy(() -> Metrics.accuracy().measure(output.reshape(8), classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("accuracy needs outputs [samples, classes], got rank 1");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void errorsAreMeansOverAllEntries(DataType type) {
    INDArray output = Nd4j.create(new double[][] {{1, 2}, {3, 4}}).castTo(type);
    INDArray target = Nd4j.create(new double[][] {{1, 4}, {0, 4}}).castTo(type);
    assertThat(Metrics.meanSquaredError().measure(output, target))
        .isCloseTo(13.0 / 4, within(1e-12));
    assertThat(Metrics.meanAbsoluteError().measure(output, target))
        .isCloseTo(5.0 / 4, within(1e-12));
  }
}
