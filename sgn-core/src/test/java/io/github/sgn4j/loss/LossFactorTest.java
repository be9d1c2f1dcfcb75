package io.github.sgn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Factors against the Hessian, the gradient, and themselves. */
class LossFactorTest {

  private final Random random = new Random(13);

  static Stream<LossCase> cases() {
    return LossCase.all();
  }

  private INDArray normal(LossCase c) {
    int length = (int) Arrays.stream(c.outputShape()).reduce(1, (a, b) -> a * b);
    double[] values = new double[length];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Nd4j.create(values).reshape(c.outputShape());
  }

  private LossKernel evaluated(LossCase c) {
    LossKernel kernel = c.bind(DataType.DOUBLE);
    kernel.value(normal(c), c.targets(DataType.DOUBLE));
    return kernel;
  }

  private static int samples(LossCase c) {
    return (int) c.outputShape()[0];
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theRootsSquareIsTheHessian(LossCase c) {
    LossKernel kernel = evaluated(c);
    LossFactor root = kernel.factor(FactorKind.gaussNewton(), 0, samples(c));
    INDArray v = normal(c);
    FlatVector rows = FlatVector.zeros(Precision.DOUBLE, samples(c) * root.columns() + 2);
    root.multiplyTransposed(v, rows, 2);
    INDArray actual = v.like();
    root.multiply(rows, 2, actual);
    INDArray expected = v.like();
    kernel.hessianVectorProduct(v, expected);
    assertThat(expected.norm2Number().doubleValue()).isPositive();
    assertClose(actual, expected);
    assertThat(root.columns()).isEqualTo(kernel.factorColumns(FactorKind.gaussNewton()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theEmpiricalFactorIsTheGradient(LossCase c) {
    LossKernel kernel = evaluated(c);
    LossFactor factor = kernel.factor(FactorKind.empiricalFisher(), 0, samples(c));
    INDArray column = normal(c);
    factor.column(0, column);
    INDArray gradient = column.like();
    kernel.gradient(gradient);
    // The gradient of a mean is the mean of gradients: a sample's has 1/N where S has 1/sqrt(N).
    assertClose(column, gradient.mul(Math.sqrt(samples(c))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void productsAreThoseOfTheColumns(LossCase c) {
    LossKernel kernel = evaluated(c);
    for (FactorKind kind :
        new FactorKind[] {
          FactorKind.gaussNewton(), FactorKind.empiricalFisher(), FactorKind.sampledFisher(3, 4)
        }) {
      LossFactor factor = kernel.factor(kind, 0, samples(c));
      int columns = factor.columns();
      INDArray t = normal(c);
      FlatVector u = FlatVector.zeros(Precision.DOUBLE, samples(c) * columns);
      for (int i = 0; i < u.length(); i++) {
        u.set(i, random.nextGaussian());
      }
      INDArray product = t.like();
      factor.multiply(u, 0, product);
      FlatVector transposed = u.like();
      factor.multiplyTransposed(t, transposed, 0);
      INDArray expected = t.like();
      int outputs = (int) (t.length() / samples(c));
      for (int k = 0; k < columns; k++) {
        INDArray column = normal(c);
        factor.column(k, column);
        INDArray rows = column.reshape(samples(c), outputs);
        for (int n = 0; n < samples(c); n++) {
          int row = n * columns + k;
          expected.reshape(samples(c), outputs).getRow(n).addi(rows.getRow(n).mul(u.get(row)));
          double dot =
              rows.getRow(n)
                  .mul(t.reshape(samples(c), outputs).getRow(n))
                  .sumNumber()
                  .doubleValue();
          assertThat(transposed.get(row)).isCloseTo(dot, within(1e-14));
        }
      }
      assertClose(product, expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void drawsHaveTheHessianAsTheirMean(LossCase c) {
    LossKernel kernel = evaluated(c);
    int draws = 40_000;
    LossFactor factor = kernel.factor(FactorKind.sampledFisher(draws, 17), 0, samples(c));
    INDArray v = normal(c);
    FlatVector rows = FlatVector.zeros(Precision.DOUBLE, samples(c) * draws);
    factor.multiplyTransposed(v, rows, 0);
    INDArray actual = v.like();
    factor.multiply(rows, 0, actual);
    INDArray expected = v.like();
    kernel.hessianVectorProduct(v, expected);
    double scale = expected.amaxNumber().doubleValue();
    assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(0.04 * scale);
    double mean = 0;
    for (int i = 0; i < rows.length(); i++) {
      mean += rows.get(i) / Math.sqrt(rows.length());
    }
    assertThat(mean / Math.sqrt(rows.length()))
        .as("mean")
        .isCloseTo(0, within(5 * rows.norm() / rows.length()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aPartOfABatchDrawsWhatTheWholeDraws(LossCase c) {
    INDArray z = normal(c);
    LossKernel kernel = c.bind(DataType.DOUBLE);
    kernel.value(z, c.targets(DataType.DOUBLE));
    FactorKind kind = FactorKind.sampledFisher(5, 3);
    int last = samples(c) - 1;
    long[] shape = c.outputShape();
    shape[0] = 1;
    INDArray targets = c.targets(DataType.DOUBLE);
    long[] targetShape = targets.shape().clone();
    targetShape[0] = 1;
    LossKernel one = c.loss().bind(DataType.DOUBLE, shape, targets.dataType(), targetShape);
    one.value(row(z, last, shape), row(targets, last, targetShape));
    LossFactor whole = kernel.factor(kind, 0, samples(c));
    LossFactor part = one.factor(kind, last, samples(c));
    INDArray expected = z.like();
    INDArray actual = Nd4j.create(DataType.DOUBLE, shape);
    for (int k = 0; k < 5; k++) {
      whole.column(k, expected);
      part.column(k, actual);
      assertThat(actual).isEqualTo(row(expected, last, shape));
    }
  }

  private static INDArray row(INDArray array, int row, long[] shape) {
    long width = array.length() / array.size(0);
    return array.reshape(array.size(0), width).getRow(row).dup('c').reshape(shape);
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-14);
  }
}
