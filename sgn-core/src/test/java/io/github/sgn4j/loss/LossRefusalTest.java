package io.github.sgn4j.loss;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class LossRefusalTest {

  private static void bind(Loss loss, long[] output, DataType type, long... targets) {
    loss.bind(DataType.FLOAT, output, type, targets);
  }

  @Test
  void softmaxNeedsLogitsOfRankTwo() {
    assertThatThrownBy(() -> bind(Losses.softmaxCrossEntropy(), new long[] {4}, DataType.FLOAT, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmax cross-entropy needs logits [samples, classes], got [4]");
  }

  @Test
  void softmaxNeedsTargetsOfTheLogitsShapeOrClasses() {
    String start = "softmax cross-entropy with logits [4, 3] FLOAT needs targets of the same shape";
    long[] logits = {4, 3};
    assertThatThrownBy(() -> bind(Losses.softmaxCrossEntropy(), logits, DataType.FLOAT, 4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(start + " and type, or integer classes [4]; got [4, 2] FLOAT");
    assertThatThrownBy(() -> bind(Losses.softmaxCrossEntropy(), logits, DataType.DOUBLE, 4, 3))
        .hasMessageContaining("got [4, 3] DOUBLE");
    assertThatThrownBy(() -> bind(Losses.softmaxCrossEntropy(), logits, DataType.FLOAT, 4))
        .hasMessageContaining("integer classes [4]; got [4] FLOAT");
    assertThatThrownBy(() -> bind(Losses.softmaxCrossEntropy(), logits, DataType.INT32, 3))
        .hasMessageContaining("got [3] INT");
    assertThatThrownBy(() -> bind(Losses.softmaxCrossEntropy(), logits, DataType.INT32, 4, 3))
        .hasMessageContaining("got [4, 3] INT");
  }

  @Test
  void classesMustExist() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      LossKernel kernel =
          Losses.softmaxCrossEntropy()
              .bind(type, new long[] {2, 3}, DataType.INT32, new long[] {2});
      assertThatThrownBy(() -> kernel.value(Nd4j.create(type, 2, 3), Nd4j.createFromArray(2, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sample 1 has class 3; classes are 0 to 2");
      assertThatThrownBy(() -> kernel.value(Nd4j.create(type, 2, 3), Nd4j.createFromArray(-1, 0)))
          .hasMessage("sample 0 has class -1; classes are 0 to 2");
    }
  }

  @Test
  void elementwiseLossesNeedTargetsOfTheOutputsShape() {
    assertThatThrownBy(
            () -> bind(Losses.meanSquaredError(), new long[] {4, 2}, DataType.FLOAT, 2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean squared error needs targets of the output's shape [4, 2], got [2, 4]");
    assertThatThrownBy(
            () -> bind(Losses.sigmoidCrossEntropy(), new long[] {4, 2}, DataType.FLOAT, 4))
        .hasMessage("sigmoid cross-entropy needs targets of the output's shape [4, 2], got [4]");
    // As many elements, but another sample per row.
    assertThatThrownBy(
            () -> bind(Losses.meanSquaredError(), new long[] {4, 1}, DataType.FLOAT, 2, 2))
        .hasMessageContaining("got [2, 2]");
  }

  @Test
  void elementwiseLossesNeedTargetsOfTheOutputsType() {
    assertThatThrownBy(
            () -> bind(Losses.meanSquaredError(), new long[] {4, 1}, DataType.INT32, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean squared error needs targets of type FLOAT as the output, got INT");
  }
}
