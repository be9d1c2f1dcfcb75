package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class SineDataTest {

  @Test
  void hasThePublishedPartsAndNoise() {
    TrainTest data = SineData.generate(10, 1, DataType.DOUBLE);

    assertThat(data.task()).isEqualTo(Task.REGRESSION);
    assertThat(data.train().inputs().shape()).containsExactly(7000, 1);
    assertThat(data.train().targets().shape()).containsExactly(7000, 1);
    assertThat(data.test().inputs().shape()).containsExactly(3000, 1);
    double[] x = data.train().inputs().toDoubleVector();
    double[] y = data.train().targets().toDoubleVector();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      assertThat(x[i]).isBetween(-1.0, 1.0);
      sum += x[i];
      squares += Math.pow(y[i] - Math.sin(10 * x[i]), 2);
    }
    assertThat(sum / x.length).isCloseTo(0, within(0.03));
    assertThat(squares / x.length).isCloseTo(1e-4, within(5e-6));
  }

  @Test
  void dependsOnSeedAndFrequencyAlone() {
    TrainTest first = SineData.generate(10, 1, DataType.DOUBLE);

    assertThat(SineData.generate(10, 1, DataType.DOUBLE).train()).isEqualTo(first.train());
    assertThat(SineData.generate(10, 1, DataType.FLOAT).test().targets())
        .isEqualTo(first.test().targets().castTo(DataType.FLOAT));
    assertThat(SineData.generate(10, 2, DataType.DOUBLE).train()).isNotEqualTo(first.train());
    assertThat(SineData.generate(100, 1, DataType.DOUBLE).train().inputs())
        .isEqualTo(first.train().inputs());
    assertThat(SineData.generate(100, 1, DataType.DOUBLE).train().targets())
        .isNotEqualTo(first.train().targets());
  }
}
