package io.github.sgn4j.nd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Samples of samples of a batch, as shards of the curvature's samples are. */
class RowViewsTest {

  static Stream<Arguments> arrays() {
    List<long[]> shapes =
        List.of(
            new long[] {100},
            new long[] {100, 3},
            new long[] {100, 2, 5},
            new long[] {100, 4, 4, 1});
    return shapes.stream()
        .flatMap(
            shape ->
                Stream.of(DataType.FLOAT, DataType.DOUBLE, DataType.INT32)
                    .flatMap(
                        type ->
                            Stream.of('c', 'f').map(order -> Arguments.of(shape, type, order))));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void samplesOfSamplesAreWhereTheyAre(long[] shape, DataType type, char order) {
    INDArray numbers = numbers(shape).castTo(type).dup(order);
    int width = (int) (numbers.length() / 100);
    for (int first = 0; first <= 75; first += 5) {
      INDArray part = RowViews.of(numbers, first, first + 25);
      for (int from = 0; from < 25; from += 4) {
        int to = Math.min(25, from + 4);

        INDArray samples = RowViews.of(part, from, to);

        assertThat(samples.size(0)).isEqualTo(to - from);
        assertThat(samples.dataType()).isEqualTo(type);
        double[] values = samples.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        assertThat(values).hasSize((to - from) * width);
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).isEqualTo((double) ((first + from) * width + i));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void theyAreViews(long[] shape, DataType type, char order) {
    INDArray numbers = numbers(shape).castTo(type).dup(order);
    INDArray samples = RowViews.of(RowViews.of(numbers, 10, 60), 45, 47);

    numbers.slice(55).assign(-7);

    double[] values = samples.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    assertThat(values[0]).isEqualTo(-7);
    assertThat(values[values.length - 1]).isEqualTo(numbers.length() / 100.0 * 57 - 1);
  }

  private static INDArray numbers(long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return Nd4j.arange((double) length).reshape('c', shape);
  }
}
