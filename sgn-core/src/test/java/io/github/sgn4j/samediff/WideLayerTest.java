package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Loss;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the default keeps of a layer's many outputs, by the loss. */
class WideLayerTest {

  private static final int IN = 3;
  private static final int WIDE = 70;
  private static final int OUT = 2;

  /** The averages behind the preconditioner after two steps. */
  private static int averages(Loss loss, INDArray targets, int... units) {
    try (SameDiffObjective objective =
        SameDiffObjective.builder(MlpObjectiveTest.mlp(DataType.DOUBLE, units))
            .output("out")
            .loss(loss)
            .build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      ArrayBatch batch = ArrayBatch.of(Nd4j.randn(DataType.DOUBLE, 40, units[0]), targets);
      StepReport first = sgn.step(batch);
      StepReport second = sgn.step(batch);
      assertThat(second.lossAfter()).isLessThan(first.lossBefore());
      OptimizerState state = sgn.state();
      return state.vectors().get("kronecker averages").length();
    }
  }

  @Test
  void keepsTheWholeSideOfACrossEntropyAndTheDiagonalOfASquaredError() {
    INDArray classes = Nd4j.arange(40).castTo(DataType.INT32).fmod(OUT).castTo(DataType.INT32);
    INDArray numbers = Nd4j.zeros(DataType.DOUBLE, 40, OUT);
    // Rows and columns of both matrices; of the biases the whole block beside its one column.
    int others = IN * IN + (WIDE * WIDE + 1) + (WIDE * WIDE + OUT * OUT) + (OUT * OUT + 1);

    assertThat(averages(Losses.softmaxCrossEntropy(), classes, IN, WIDE, OUT))
        .isEqualTo(others + WIDE * WIDE);
    assertThat(averages(Losses.meanSquaredError(), numbers, IN, WIDE, OUT))
        .isEqualTo(others + WIDE);
  }

  @Test
  void keepsTheWholeSideOfManyInputsBesideWideOutputsAlone() {
    INDArray classes = Nd4j.arange(40).castTo(DataType.INT32).fmod(OUT).castTo(DataType.INT32);
    int inputs = 520;
    for (int wide : new int[] {255, 256}) {
      int first = wide < 256 ? inputs : inputs * inputs;
      int others = wide * wide + (wide * wide + 1) + (wide * wide + OUT * OUT) + (OUT * OUT + 1);
      assertThat(averages(Losses.softmaxCrossEntropy(), classes, inputs, wide, OUT))
          .isEqualTo(first + others);
    }
  }
}
