package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows that do not exist are refused: ND4J left to itself overwrites memory. */
class EmbeddingTest {

  private static final int SAMPLES = 20;

  private static ArrayBatch batch(int last) {
    INDArray words = Nd4j.zeros(DataType.INT32, SAMPLES, 2);
    words.putScalar(3, 1, 4);
    words.putScalar(SAMPLES - 1, 1, last);
    return ArrayBatch.of(words, Net.normal(new Random(4), DataType.DOUBLE, SAMPLES, 3));
  }

  private static double[] gradient(SameDiffObjective objective, ArrayBatch batch) {
    FlatVector theta = objective.initialParameters();
    FlatVector result = theta.like();
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      linearization.gradient(result);
    }
    return result.toDoubleArray();
  }

  private static SameDiffObjective objective() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable words = net.sd.placeHolder("words", DataType.INT32, -1, 2);
    net.sd.gather(net.parameter(5, 3), words, 0).mean("out", 1);
    return SameDiffObjective.builder(net.sd)
        .inputs("words")
        .output("out")
        .loss(Losses.meanSquaredError())
        .build();
  }

  @Test
  void aBatchThatFailsDoesNotDecideHowOthersAreComputed() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable words = net.sd.placeHolder("words", DataType.INT32, -1, 2);
    SDVariable wide = net.sd.gather(net.parameter(5, 4000), words, 0).mean(1);
    net.sd.nn.tanh(wide).mul(0.02).mmul("out", net.parameter(4000, 3));
    INDArray numbers = Nd4j.zeros(DataType.INT32, 203, 2);
    ArrayBatch good = ArrayBatch.of(numbers, Nd4j.zeros(DataType.DOUBLE, 203, 3));
    INDArray wrong = numbers.dup();
    wrong.putScalar(0, 0, 5);
    ArrayBatch bad = ArrayBatch.of(wrong, Nd4j.zeros(DataType.DOUBLE, 203, 3));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd)
            .inputs("words")
            .output("out")
            .loss(Losses.meanSquaredError())
            .threads(2)
            .build()) {
      assertThatThrownBy(() -> gradient(objective, bad)).hasMessageContaining("number 5");
      gradient(objective, good);
      assertThat(objective.lastShards()).isEqualTo("8 of 8");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 5, 100_000_000})
  void numbersOutOfRangeAreRefused(int number) {
    try (SameDiffObjective objective = objective()) {
      assertThatThrownBy(() -> gradient(objective, batch(number)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("gather")
          .hasMessageContaining("number " + number + "; numbers are 0 to 4");
      double[] expected = gradient(objective, batch(4));
      assertThatThrownBy(() -> gradient(objective, batch(number)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(gradient(objective, batch(4))).isEqualTo(expected);
    }
  }
}
