package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Losses;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class ParameterOrderTest {

  @Test
  void parametersStandInTheOrderOfTheLayersAndNotOfTheAlphabet() {
    SameDiff sd = MlpObjectiveTest.mlp(DataType.FLOAT, 3, 4, 2);
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd).output("out").loss(Losses.softmaxCrossEntropy()).build()) {
      assertThat(objective.parameters().names()).containsExactly("w1", "b1", "w2", "b2");
      assertThat(objective.inputs()).containsExactly("x");
    }
  }
}
