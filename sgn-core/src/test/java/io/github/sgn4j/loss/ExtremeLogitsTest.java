package io.github.sgn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Saturated cross-entropies neither overflow nor lose what is left of the curvature. */
class ExtremeLogitsTest {

  private static final double[][] LOGITS = {
    {1e4, -1e4, 0}, {-1e4, 1e4, 1e4}, {-1e4, -1e4, -1e4}, {800, 0, -800}
  };
  private static final double[][] TARGETS = {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void softmaxStaysFinite(DataType type) {
    Results results = new Results(Losses.softmaxCrossEntropy(), type);
    // Rows: a hit 0; a miss 2e4 + log 2; a tie log 3; a miss 1600.
    double expected = (0 + 2e4 + Math.log(2) + Math.log(3) + 1600) / 4;
    assertThat(results.value).isCloseTo(expected, within(1e-6 * expected));
    assertThat(results.gradient.getDouble(0, 0)).isZero();
    assertThat(results.gradient.getDouble(1, 0)).isCloseTo(-0.25, within(1e-7));
    assertThat(results.gradient.getDouble(1, 1)).isCloseTo(0.125, within(1e-7));
    assertThat(results.gradient.getDouble(2, 1)).isCloseTo((1.0 / 3 - 1) / 4, within(1e-7));
    results.assertFinite();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void sigmoidStaysFinite(DataType type) {
    Results results = new Results(Losses.sigmoidCrossEntropy(), type);
    double expected = (0 + 0 + Math.log(2) + 3e4 + 0 + 1e4 + 0 + 800 + Math.log(2) + 800) / 12;
    assertThat(results.value).isCloseTo(expected, within(1e-6 * expected));
    assertThat(results.gradient.getDouble(1, 0)).isCloseTo(-1.0 / 12, within(1e-7));
    results.assertFinite();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void nanIsReportedNotHidden(DataType type) {
    INDArray z = Nd4j.create(new double[][] {{1, 2}, {Double.NaN, 0}}).castTo(type);
    INDArray t = Nd4j.create(new double[][] {{1, 0}, {0, 1}}).castTo(type);
    for (Loss loss :
        new Loss[] {
          Losses.softmaxCrossEntropy(), Losses.sigmoidCrossEntropy(), Losses.meanSquaredError()
        }) {
      double value = loss.bind(type, z.shape(), type, t.shape()).value(z, t);
      assertThat(value).as(loss.name()).isNaN();
    }
  }

  private static final class Results {
    private final double value;
    private final INDArray gradient;
    private final INDArray product;

    Results(Loss loss, DataType type) {
      INDArray z = Nd4j.create(LOGITS).castTo(type);
      INDArray t = Nd4j.create(TARGETS).castTo(type);
      LossKernel kernel = loss.bind(type, z.shape(), type, t.shape());
      value = kernel.value(z, t);
      gradient = z.ulike();
      kernel.gradient(gradient);
      product = Nd4j.ones(type, z.shape());
      product.putScalar(0, -3);
      kernel.hessianVectorProduct(product, product);
    }

    void assertFinite() {
      for (INDArray array : new INDArray[] {gradient, product}) {
        for (double element : array.reshape(array.length()).toDoubleVector()) {
          assertThat(element).isFinite();
        }
      }
    }
  }
}
