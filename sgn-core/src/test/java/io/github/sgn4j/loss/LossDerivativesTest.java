package io.github.sgn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values by the definition, gradients and Hessian products by finite differences. */
class LossDerivativesTest {

  private static final double STEP = 1e-5;

  private final Random random = new Random(11);

  static Stream<LossCase> cases() {
    return LossCase.all();
  }

  private INDArray normal(long... shape) {
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = new double[length];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Nd4j.create(values).reshape(shape);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void valueIsTheDefinitions(LossCase c) {
    INDArray z = normal(c.outputShape());
    assertThat(c.bind(DataType.DOUBLE).value(z, c.targets(DataType.DOUBLE)))
        .isCloseTo(c.expected(z), within(1e-13));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientIsTheValuesSlope(LossCase c) {
    INDArray z = normal(c.outputShape());
    INDArray v = normal(c.outputShape());
    LossKernel kernel = c.bind(DataType.DOUBLE);
    INDArray targets = c.targets(DataType.DOUBLE);
    double plus = kernel.value(z.add(v.mul(STEP)), targets);
    double minus = kernel.value(z.sub(v.mul(STEP)), targets);
    kernel.value(z, targets);
    INDArray gradient = Nd4j.create(DataType.DOUBLE, c.outputShape());
    kernel.gradient(gradient);
    assertThat(dot(gradient, v)).isCloseTo((plus - minus) / (2 * STEP), within(1e-9));
    assertThat(gradient.norm2Number().doubleValue()).isPositive();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void hessianProductIsTheGradientsSlope(LossCase c) {
    INDArray z = normal(c.outputShape());
    INDArray v = normal(c.outputShape());
    INDArray w = normal(c.outputShape());
    INDArray plus = gradient(c, z.add(v.mul(STEP)));
    INDArray minus = gradient(c, z.sub(v.mul(STEP)));
    LossKernel kernel = c.bind(DataType.DOUBLE);
    kernel.value(z, c.targets(DataType.DOUBLE));
    INDArray hv = Nd4j.create(DataType.DOUBLE, c.outputShape());
    INDArray hw = w.dup();
    kernel.hessianVectorProduct(v, hv);
    kernel.hessianVectorProduct(hw, hw);
    assertThat(hv.sub(plus.sub(minus).div(2 * STEP)).amaxNumber().doubleValue()).isLessThan(1e-9);
    assertThat(dot(hv, w)).as("symmetry").isCloseTo(dot(hw, v), within(1e-14));
    assertThat(dot(hv, v)).as("curvature").isPositive();
    assertThat(gradient(c, z)).as("the product leaves the gradient").isEqualTo(gradient(kernel, c));
  }

  private static INDArray gradient(LossCase c, INDArray z) {
    LossKernel kernel = c.bind(DataType.DOUBLE);
    kernel.value(z, c.targets(DataType.DOUBLE));
    return gradient(kernel, c);
  }

  private static INDArray gradient(LossKernel kernel, LossCase c) {
    INDArray gradient = Nd4j.create(DataType.DOUBLE, c.outputShape());
    kernel.gradient(gradient);
    return gradient;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void singlePrecisionAgrees(LossCase c) {
    INDArray z = normal(c.outputShape()).castTo(DataType.FLOAT);
    INDArray v = normal(c.outputShape()).castTo(DataType.FLOAT);
    LossKernel single = c.bind(DataType.FLOAT);
    LossKernel full = c.bind(DataType.DOUBLE);
    double value = full.value(z.castTo(DataType.DOUBLE), c.targets(DataType.DOUBLE));
    assertThat(single.value(z, c.targets(DataType.FLOAT))).isCloseTo(value, within(1e-6));

    INDArray g = Nd4j.create(DataType.FLOAT, c.outputShape());
    single.gradient(g);
    assertThat(difference(g, gradient(full, c))).isLessThan(1e-6);
    INDArray hv = Nd4j.create(DataType.FLOAT, c.outputShape());
    INDArray expected = Nd4j.create(DataType.DOUBLE, c.outputShape());
    single.hessianVectorProduct(v, hv);
    full.hessianVectorProduct(v.castTo(DataType.DOUBLE), expected);
    assertThat(difference(hv, expected)).isLessThan(1e-6);
  }

  private static double dot(INDArray a, INDArray b) {
    return a.mul(b).sumNumber().doubleValue();
  }

  private static double difference(INDArray actual, INDArray expected) {
    return actual.castTo(DataType.DOUBLE).sub(expected).amaxNumber().doubleValue();
  }
}
