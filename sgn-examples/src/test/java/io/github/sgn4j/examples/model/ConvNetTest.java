package io.github.sgn4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.examples.model.ConvLayer.Convolution;
import io.github.sgn4j.examples.model.ConvLayer.Nonlinearity;
import io.github.sgn4j.examples.model.ConvLayer.Pooling;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ConvNetTest {

  private static ConvNet fashion(long seed) {
    return new ConvNet(ConvArchitecture.bundled("fashion"), new ImageShape(28, 28, 1), 10, seed);
  }

  private static INDArray array(SameDiff sd, String name) {
    return sd.getVariable(name).getArr();
  }

  @Test
  void namesAndShapesItsVariablesFromTheInputUp() {
    ConvNet net = fashion(1);
    SameDiff sd = net.build(DataType.FLOAT);

    assertThat(net.parameterNames())
        .containsExactly("w0", "b0", "w1", "b1", "w2", "b2", "w3", "b3", "w4", "b4");
    assertThat(sd.variables())
        .filteredOn(v -> v.getVariableType() == VariableType.VARIABLE)
        .extracting(SDVariable::name)
        .containsExactlyInAnyOrder(net.parameterNames());
    assertThat(array(sd, "w0").shape()).containsExactly(5, 5, 1, 6);
    assertThat(array(sd, "b0").shape()).containsExactly(6);
    assertThat(array(sd, "w1").shape()).containsExactly(5, 5, 6, 16);
    assertThat(array(sd, "w2").shape()).containsExactly(256, 120);
    assertThat(array(sd, "b2").shape()).containsExactly(1, 120);
    assertThat(array(sd, "w4").shape()).containsExactly(84, 10);
    assertThat(net.parameterCount())
        .isEqualTo(
            Arrays.stream(net.parameterNames()).mapToLong(name -> array(sd, name).length()).sum())
        .isEqualTo(44_426);
    assertThat(net.description()).startsWith("ConvNet 28 x 28 x 1: conv 6@5x5").endsWith(", 10");
    INDArray x = Nd4j.rand(DataType.FLOAT, 3, 28, 28, 1);
    INDArray out = sd.output(Map.of(ConvNet.INPUT, x), ConvNet.OUTPUT).get(ConvNet.OUTPUT);
    assertThat(out.shape()).containsExactly(3, 10);
    assertThat(out.dataType()).isEqualTo(DataType.FLOAT);
  }

  @Test
  void drawsWeightsUniformlyWithinTheirBoundsBySeedAlone() {
    ConvNet net =
        new ConvNet(ConvArchitecture.bundled("cifar10"), new ImageShape(32, 32, 3), 10, 1);
    SameDiff sd = net.build(DataType.DOUBLE);

    Map<String, Double> bounds =
        Map.of(
            "w0", Math.sqrt(6.0 / (32 * 3 * 9)),
            "w1", Math.sqrt(6.0 / (64 * 32 * 9)),
            "w3", Math.sqrt(6.0 / (1024 + 10)),
            "w4", Math.sqrt(6.0 / (64 + 10)));
    bounds.forEach(
        (name, bound) -> {
          INDArray w = array(sd, name);
          assertThat(w.amaxNumber().doubleValue()).isBetween(0.97 * bound, bound);
          assertThat(w.meanNumber().doubleValue()).isCloseTo(0, within(0.1 * bound));
          assertThat(w.stdNumber().doubleValue())
              .isCloseTo(bound / Math.sqrt(3), within(0.05 * bound));
        });
    for (String bias : new String[] {"b0", "b1", "b2", "b3", "b4"}) {
      assertThat(array(sd, bias).amaxNumber().doubleValue()).isZero();
    }
    assertThat(array(fashion(1).build(DataType.FLOAT), "w1"))
        .isEqualTo(array(fashion(1).build(DataType.DOUBLE), "w1").castTo(DataType.FLOAT))
        .isNotEqualTo(array(fashion(2).build(DataType.FLOAT), "w1"));
  }

  /** As RandomState(1).uniform(-b, b, (2, 2, 3, 3)), then (8, 2) with its own bound. */
  @Test
  void drawsWeightsInTheOrderOfThePublishedRuns() {
    ConvArchitecture architecture =
        new ConvArchitecture("test", List.of(new Convolution("layer0", 2, 3, 0, 1)), List.of());
    SameDiff sd = new ConvNet(architecture, new ImageShape(4, 4, 2), 2, 1).build(DataType.DOUBLE);
    NumPyUniform numPy = new NumPyUniform(1);

    double filterBound = Math.sqrt(6.0 / 36);
    for (int f = 0; f < 2; f++) {
      for (int c = 0; c < 2; c++) {
        for (int y = 0; y < 3; y++) {
          for (int x = 0; x < 3; x++) {
            assertThat(array(sd, "w0").getDouble(y, x, c, f)).isEqualTo(numPy.within(filterBound));
          }
        }
      }
    }
    double denseBound = Math.sqrt(6.0 / (8 + 2));
    for (int channel = 0; channel < 2; channel++) {
      for (int pixel = 0; pixel < 4; pixel++) {
        for (int out = 0; out < 2; out++) {
          assertThat(array(sd, "w1").getDouble(pixel * 2 + channel, out))
              .isEqualTo(numPy.within(denseBound));
        }
      }
    }
  }

  /** Against plain loops: padding, strides, overlapping windows, the order of the features. */
  @Test
  void computesItsLayers() {
    ConvArchitecture architecture =
        new ConvArchitecture(
            "test",
            List.of(
                new Convolution("layer0", 3, 3, 1, 2),
                new Nonlinearity("layer1", Activation.TANH),
                new Pooling("layer2", 2, 1)),
            List.of(new DenseLayer("layer0", 4, Activation.SIGMOID)));
    ConvNet net = new ConvNet(architecture, new ImageShape(7, 6, 2), 2, 3);
    SameDiff sd = net.build(DataType.DOUBLE);
    for (String bias : new String[] {"b0", "b1", "b2"}) {
      array(sd, bias).assign(Nd4j.rand(DataType.DOUBLE, array(sd, bias).shape()));
    }
    INDArray x = Nd4j.randn(DataType.DOUBLE, 2, 7, 6, 2);

    INDArray out = sd.output(Map.of("x", x), "logits").get("logits");

    for (int n = 0; n < 2; n++) {
      double[] expected = plain(sd, x, n);
      for (int k = 0; k < 2; k++) {
        assertThat(out.getDouble(n, k)).isCloseTo(expected[k], within(1e-12));
      }
    }
  }

  private static double[] plain(SameDiff sd, INDArray x, int n) {
    double[][][] conv = new double[4][3][3];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 3; j++) {
        for (int f = 0; f < 3; f++) {
          double sum = array(sd, "b0").getDouble(f);
          for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
              int row = 2 * i + a - 1;
              int column = 2 * j + b - 1;
              if (row >= 0 && row < 7 && column >= 0 && column < 6) {
                for (int c = 0; c < 2; c++) {
                  sum += x.getDouble(n, row, column, c) * array(sd, "w0").getDouble(a, b, c, f);
                }
              }
            }
          }
          conv[i][j][f] = Math.tanh(sum);
        }
      }
    }
    double[] features = new double[3 * 2 * 3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        for (int f = 0; f < 3; f++) {
          features[(i * 2 + j) * 3 + f] =
              Math.max(
                  Math.max(conv[i][j][f], conv[i][j + 1][f]),
                  Math.max(conv[i + 1][j][f], conv[i + 1][j + 1][f]));
        }
      }
    }
    double[] hidden = dense(sd, 1, features);
    return dense(sd, 2, Arrays.stream(hidden).map(z -> 1 / (1 + Math.exp(-z))).toArray());
  }

  private static double[] dense(SameDiff sd, int layer, double[] in) {
    INDArray w = array(sd, "w" + layer);
    double[] out = new double[(int) w.size(1)];
    for (int j = 0; j < out.length; j++) {
      out[j] = array(sd, "b" + layer).getDouble(0, j);
      for (int i = 0; i < in.length; i++) {
        out[j] += in[i] * w.getDouble(i, j);
      }
    }
    return out;
  }

  @Test
  void worksWithoutLayers() {
    ConvNet net =
        new ConvNet(
            new ConvArchitecture("none", List.of(), List.of()), new ImageShape(2, 2, 1), 3, 1);

    assertThat(net.parameterNames()).containsExactly("w0", "b0");
    assertThat(net.parameterCount()).isEqualTo(15);
    assertThat(net.build(DataType.FLOAT).getVariable("w0").getArr().shape()).containsExactly(4, 3);
  }

  @Test
  void refusesArchitecturesThatDoNotFit() {
    assertThatExceptionOfType(ArchitectureException.class)
        .isThrownBy(
            () -> new ConvNet(ConvArchitecture.bundled("cifar10"), new ImageShape(9, 9, 1), 10, 1))
        .withMessageContaining("layer5 (POOL 2x2, stride 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ConvNet(ConvArchitecture.bundled("fashion"), new ImageShape(28, 28, 1), 0, 1))
        .withMessageContaining("at least 1 class");
    assertThatIllegalArgumentException().isThrownBy(() -> fashion(-1)).withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fashion(1L << 32))
        .withMessageContaining("0 to 4294967295, not 4294967296");
  }
}
