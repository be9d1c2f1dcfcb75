package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.KernelChoice;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * G = J^T H J as a matrix from its definition, J column by column from finite differences of the
 * output and H written out for each loss, against products with unit vectors.
 */
class DenseGgnTest {

  private static final int SAMPLES = 4;
  private static final int OUTPUTS = 3;

  /**
   * A loss with the Hessian of its mean over the samples.
   *
   * @param hessian of the outputs, row by row, given outputs and targets [samples, outputs]
   */
  private record Case(
      String name,
      BiFunction<Net, SDVariable, SameDiffObjectiveBuilder> loss,
      INDArray targets,
      BiFunction<SimpleMatrix, SimpleMatrix, SimpleMatrix> hessian) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    INDArray oneHot = Nd4j.create(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 0, 1}});
    INDArray fractions = Net.normal(new Random(1), DataType.DOUBLE, SAMPLES, OUTPUTS).mul(0.1);
    return Stream.of(
        new Case(
            "softmax cross-entropy, one-hot",
            (net, out) -> builder(net).loss(Losses.softmaxCrossEntropy()),
            oneHot,
            (z, t) -> softmaxHessian(z)),
        new Case(
            "softmax cross-entropy, class numbers",
            (net, out) -> builder(net).loss(Losses.softmaxCrossEntropy()),
            Nd4j.createFromArray(0, 2, 1, 2),
            (z, t) -> softmaxHessian(z)),
        new Case(
            "sigmoid cross-entropy",
            (net, out) -> builder(net).loss(Losses.sigmoidCrossEntropy()),
            oneHot,
            (z, t) -> sigmoidHessian(z)),
        new Case(
            "mean squared error",
            (net, out) -> builder(net).loss(Losses.meanSquaredError()),
            fractions,
            (z, t) -> SimpleMatrix.identity(z.getNumElements()).scale(2.0 / z.getNumElements())),
        new Case(
            "composed: mean of sqrt(1 + (out - y)^2)",
            (net, out) -> {
              SDVariable y = net.sd.placeHolder("y", net.type, -1, OUTPUTS);
              SDVariable squared = net.sd.math.square(out.sub(y));
              net.sd.math.sqrt(squared.add(1)).mean("loss");
              return builder(net).lossVariable("loss");
            },
            fractions,
            DenseGgnTest::smoothAbsHessian));
  }

  private static SameDiffObjectiveBuilder builder(Net net) {
    return SameDiffObjective.builder(net.sd).inputs("x").output("out");
  }

  private static SimpleMatrix softmaxHessian(SimpleMatrix z) {
    SimpleMatrix h = new SimpleMatrix(z.getNumElements(), z.getNumElements());
    for (int n = 0; n < z.getNumRows(); n++) {
      SimpleMatrix e = z.getRow(n).elementExp();
      SimpleMatrix p = e.divide(e.elementSum());
      SimpleMatrix block = p.diag().minus(p.transpose().mult(p)).divide(z.getNumRows());
      h.insertIntoThis(n * z.getNumCols(), n * z.getNumCols(), block);
    }
    return h;
  }

  private static SimpleMatrix sigmoidHessian(SimpleMatrix z) {
    return diagonal(
        z,
        x -> {
          double p = 1 / (1 + Math.exp(-x));
          return p * (1 - p) / z.getNumElements();
        });
  }

  /** f = sqrt(1 + r^2) has f'' = (1 + r^2)^(-3/2). */
  private static SimpleMatrix smoothAbsHessian(SimpleMatrix z, SimpleMatrix t) {
    return diagonal(z.minus(t), r -> Math.pow(1 + r * r, -1.5) / z.getNumElements());
  }

  private static SimpleMatrix diagonal(SimpleMatrix z, DoubleUnaryOperator f) {
    return SimpleMatrix.diag(Arrays.stream(z.getDDRM().getData()).map(f).toArray());
  }

  private static SimpleMatrix flat(SimpleMatrix z) {
    return new SimpleMatrix(z.getNumElements(), 1, true, z.getDDRM().getData());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void productsAreThoseOfTheDefinition(Case c) {
    for (KernelChoice kernels : KernelChoice.values()) {
      Net net = new Net(DataType.DOUBLE);
      SDVariable hidden = net.sd.nn.tanh(net.active(4));
      SDVariable out = net.sd.identity("out", hidden.mmul(net.parameter(4, OUTPUTS)));
      try (SameDiffObjective objective = c.loss().apply(net, out).kernels(kernels).build()) {
        INDArray x = Net.normal(new Random(2), DataType.DOUBLE, SAMPLES, Net.FEATURES);
        check(objective, ArrayBatch.of(x, c.targets()), c);
      }
    }
  }

  private static void check(SameDiffObjective objective, ArrayBatch batch, Case c) {
    FlatVector theta = objective.initialParameters();
    SimpleMatrix j = jacobian(objective, theta, batch);
    SimpleMatrix z = matrix(objective.output(theta, batch));
    SimpleMatrix t = c.targets().rank() == 2 ? matrix(c.targets()) : null;
    SimpleMatrix g = j.transpose().mult(c.hessian().apply(z, t)).mult(j);
    double scale = g.elementMaxAbs();
    assertThat(scale).isPositive();
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      FlatVector e = theta.like();
      FlatVector column = theta.like();
      for (int i = 0; i < theta.length(); i++) {
        e.fill(0);
        e.set(i, 1);
        linearization.ggnVectorProduct(e, column);
        assertThat(column.toDoubleArray())
            .as("column %d", i)
            .containsExactly(g.getColumn(i).getDDRM().getData().clone(), within(1e-8 * scale));
      }
    }
  }

  /** Fourth-order central differences. */
  private static SimpleMatrix jacobian(
      SameDiffObjective objective, FlatVector theta, ArrayBatch batch) {
    double h = 1e-3;
    SimpleMatrix j = new SimpleMatrix(SAMPLES * OUTPUTS, theta.length());
    FlatVector moved = theta.copy();
    for (int i = 0; i < theta.length(); i++) {
      double at = theta.get(i);
      SimpleMatrix[] values = new SimpleMatrix[4];
      double[] steps = {-2 * h, -h, h, 2 * h};
      for (int k = 0; k < 4; k++) {
        moved.set(i, at + steps[k]);
        values[k] = flat(matrix(objective.output(moved, batch)));
      }
      moved.set(i, at);
      SimpleMatrix near = values[2].minus(values[1]).scale(8);
      SimpleMatrix far = values[3].minus(values[0]);
      j.insertIntoThis(0, i, near.minus(far).divide(12 * h));
    }
    return j;
  }

  private static SimpleMatrix matrix(INDArray array) {
    return new SimpleMatrix(
        (int) array.size(0),
        (int) array.size(1),
        true,
        array.dup('c').reshape(array.length()).toDoubleVector());
  }
}
