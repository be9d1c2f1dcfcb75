package io.github.sgn4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MlpTest {

  @Test
  void computesSigmoidLayersAndALinearOutput() {
    SameDiff sd = Mlp.build(2, new int[] {3}, 1, 5, DataType.DOUBLE);
    sd.getVariable("b0").getArr().assign(0.5);
    sd.getVariable("b1").getArr().assign(-2);
    INDArray x = Nd4j.createFromArray(new double[][] {{1, -2}, {0.5, 3}});

    INDArray out = sd.output(Map.of(Mlp.INPUT, x), Mlp.OUTPUT).get(Mlp.OUTPUT);

    assertThat(out.shape()).containsExactly(2, 1);
    INDArray w0 = sd.getVariable("w0").getArr();
    INDArray w1 = sd.getVariable("w1").getArr();
    for (int i = 0; i < 2; i++) {
      double expected = -2;
      for (int h = 0; h < 3; h++) {
        double z = x.getDouble(i, 0) * w0.getDouble(0, h) + x.getDouble(i, 1) * w0.getDouble(1, h);
        expected += w1.getDouble(h, 0) / (1 + Math.exp(-(z + 0.5)));
      }
      assertThat(out.getDouble(i, 0)).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void ordersItsVariablesFromTheInputUp() {
    SameDiff sd = Mlp.build(4, new int[] {3, 2}, 5, 1, DataType.FLOAT);

    assertThat(Mlp.parameterNames(2)).containsExactly("w0", "b0", "w1", "b1", "w2", "b2");
    assertThat(sd.variables())
        .filteredOn(v -> v.getVariableType() == VariableType.VARIABLE)
        .extracting(SDVariable::name)
        .containsExactlyInAnyOrder(Mlp.parameterNames(2));
    assertThat(sd.getVariable("w1").getArr().shape()).containsExactly(3, 2);
    assertThat(sd.getVariable(Mlp.OUTPUT).dataType()).isEqualTo(DataType.FLOAT);
  }

  @Test
  void drawsWeightsFromAStandardNormalBySeedAlone() {
    INDArray w = Mlp.build(100, new int[] {100}, 1, 3, DataType.DOUBLE).getVariable("w0").getArr();

    assertThat(w.meanNumber().doubleValue()).isCloseTo(0, within(0.03));
    assertThat(w.stdNumber().doubleValue()).isCloseTo(1, within(0.03));
    assertThat(Mlp.build(100, new int[] {100}, 1, 3, DataType.FLOAT).getVariable("w0").getArr())
        .isEqualTo(w.castTo(DataType.FLOAT));
    assertThat(Mlp.build(100, new int[] {100}, 1, 4, DataType.DOUBLE).getVariable("w0").getArr())
        .isNotEqualTo(w);
    assertThat(
            Mlp.build(100, new int[] {100}, 1, 3, DataType.DOUBLE)
                .getVariable("b0")
                .getArr()
                .sumNumber()
                .doubleValue())
        .isZero();
  }

  @Test
  void refusesEmptyLayers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mlp.build(2, new int[] {0}, 1, 1, DataType.FLOAT))
        .withMessageContaining("not 0");
  }
}
