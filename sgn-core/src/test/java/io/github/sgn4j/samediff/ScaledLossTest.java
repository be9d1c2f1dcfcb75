package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class ScaledLossTest {

  @Test
  void aScaledLossOpIsRefusedWithWhatToDo() {
    SameDiff sd = MlpObjectiveTest.mlp(DataType.FLOAT, 3, 2);
    SDVariable y = sd.placeHolder("y", DataType.FLOAT, -1, 2);
    sd.loss.meanSquaredError("mse", y, sd.getVariable("out"), null).mul("half", 0.5);
    SameDiffObjectiveBuilder builder =
        SameDiffObjective.builder(sd).output("out").lossVariable("half");
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'half' is refused")
        .hasMessageContaining("mean_sqerr_loss")
        .hasMessageContaining("mean reduction");
  }
}
