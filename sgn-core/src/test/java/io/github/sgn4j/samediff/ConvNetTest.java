package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.testkit.OneThreadPerOp;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** A small convolutional network as a whole, in both layouts. */
@ExtendWith(OneThreadPerOp.class)
class ConvNetTest {

  private static final int CLASSES = 3;

  /** conv - relu - pool - conv - relu - pool - dense on images of one channel, 8 x 8. */
  private static SameDiff network(DataType type, boolean nhwc) {
    SameDiff sd = SameDiff.create();
    Random random = new Random(7);
    SDVariable x =
        nhwc ? sd.placeHolder("x", type, -1, 8, 8, 1) : sd.placeHolder("x", type, -1, 1, 8, 8);
    SDVariable h = layer(sd, random, x, 3, 1, 2, PaddingMode.SAME, 2, nhwc);
    h = layer(sd, random, h, 2, 2, 3, PaddingMode.VALID, 1, nhwc);
    SDVariable rows = (nhwc ? h.permute(0, 3, 1, 2) : h).reshape(-1, 12);
    SDVariable w = sd.var("w", Net.normal(random, type, 12, CLASSES).mul(0.5));
    rows.mmul(w).add("out", sd.var("b", Net.normal(random, type, CLASSES)));
    return sd;
  }

  private static SDVariable layer(
      SameDiff sd,
      Random random,
      SDVariable x,
      int kernel,
      int in,
      int out,
      PaddingMode padding,
      int poolStride,
      boolean nhwc) {
    DataType type = x.dataType();
    String format = nhwc ? Conv2DConfig.NHWC : Conv2DConfig.NCHW;
    SDVariable w = sd.var("w" + in, Net.normal(random, type, kernel, kernel, in, out));
    SDVariable b = sd.var("b" + in, Net.normal(random, type, out).mul(0.3));
    Conv2DConfig conv =
        Conv2DConfig.builder()
            .kH(kernel)
            .kW(kernel)
            .paddingMode(padding)
            .dataFormat(format)
            .build();
    Pooling2DConfig pool =
        Pooling2DConfig.builder().kH(2).kW(2).sH(poolStride).sW(poolStride).isNHWC(nhwc).build();
    return sd.cnn.maxPooling2d(sd.nn.relu(sd.cnn.conv2d(x, w, b, conv), 0), pool);
  }

  private static SameDiffObjective objective(SameDiff sd, KernelChoice kernels) {
    return SameDiffObjective.builder(sd)
        .inputs("x")
        .output("out")
        .loss(Losses.softmaxCrossEntropy())
        .kernels(kernels)
        .build();
  }

  private static ArrayBatch batch(DataType type, int samples, boolean nhwc) {
    INDArray images = Net.normal(new Random(samples), type, samples, 1, 8, 8);
    INDArray targets = Nd4j.zeros(type, samples, CLASSES);
    for (int n = 0; n < samples; n++) {
      targets.putScalar(n, (n * 2 + 1) % CLASSES, 1);
    }
    return ArrayBatch.of(nhwc ? images.reshape(samples, 8, 8, 1) : images, targets);
  }

  @ParameterizedTest
  @CsvSource({"GENERIC, false", "GENERIC, true", "AUTO, false", "AUTO, true"})
  void derivativesAreRight(KernelChoice kernels, boolean nhwc) {
    SameDiff sd = network(DataType.DOUBLE, nhwc);
    try (SameDiffObjective objective = objective(sd, kernels);
        SameDiffObjective other = objective(network(DataType.DOUBLE, !nhwc), KernelChoice.GENERIC);
        SameDiffObjective single = objective(network(DataType.FLOAT, nhwc), kernels)) {
      for (int samples : new int[] {1, 3}) {
        ModelChecks checks = new ModelChecks(objective, batch(DataType.DOUBLE, samples, nhwc));
        checks.jvp(1e-6, 1e-8);
        checks.transpose(1e-13);
        checks.product(1e-12);
        checks.gradient(1e-6, 1e-8);
        checks.outputAgainst(sd, "out", 1e-13);
        checks.vjpAgainst(sd, "out", 1e-12);
        checks.productsAgainst(
            new ModelChecks(other, batch(DataType.DOUBLE, samples, !nhwc)), 1e-12);
        ModelChecks rounded = new ModelChecks(single, batch(DataType.FLOAT, samples, nhwc));
        rounded.productsAgainst(checks, 1e-4);
        rounded.product(1e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GENERIC, false", "GENERIC, true", "AUTO, false", "AUTO, true"})
  void productsAreThoseOfTheDefinition(KernelChoice kernels, boolean nhwc) {
    int samples = 3;
    ArrayBatch batch = batch(DataType.DOUBLE, samples, nhwc);
    try (SameDiffObjective objective = objective(network(DataType.DOUBLE, nhwc), kernels)) {
      FlatVector theta = objective.initialParameters();
      SimpleMatrix j = jacobian(objective, theta, batch);
      SimpleMatrix h = new SimpleMatrix(samples * CLASSES, samples * CLASSES);
      INDArray z = objective.output(theta, batch);
      for (int n = 0; n < samples; n++) {
        SimpleMatrix p = new SimpleMatrix(CLASSES, 1);
        for (int k = 0; k < CLASSES; k++) {
          p.set(k, Math.exp(z.getDouble(n, k)));
        }
        p = p.divide(p.elementSum());
        SimpleMatrix block = p.diag().minus(p.mult(p.transpose())).divide(samples);
        h.insertIntoThis(n * CLASSES, n * CLASSES, block);
      }
      SimpleMatrix g = j.transpose().mult(h).mult(j);
      assertThat(g.elementMaxAbs()).isPositive();
      try (LocalLinearization linearization = objective.linearize(theta, batch)) {
        FlatVector column = theta.like();
        for (int i = 0; i < theta.length(); i++) {
          FlatVector e = theta.like();
          e.set(i, 1);
          linearization.ggnVectorProduct(e, column);
          assertThat(column.toDoubleArray())
              .as("column %d", i)
              .containsExactly(
                  g.getColumn(i).getDDRM().getData().clone(), within(1e-7 * g.elementMaxAbs()));
        }
      }
    }
  }

  /** Central differences at steps too small to cross the kinks of relu and pooling. */
  private static SimpleMatrix jacobian(
      SameDiffObjective objective, FlatVector theta, ArrayBatch batch) {
    double h = 1e-6;
    SimpleMatrix j = null;
    FlatVector moved = theta.copy();
    for (int i = 0; i < theta.length(); i++) {
      moved.set(i, theta.get(i) + h);
      INDArray plus = objective.output(moved, batch).dup('c');
      moved.set(i, theta.get(i) - h);
      INDArray difference = plus.sub(objective.output(moved, batch)).div(2 * h);
      moved.set(i, theta.get(i));
      double[] values = difference.reshape(difference.length()).toDoubleVector();
      if (j == null) {
        j = new SimpleMatrix(values.length, theta.length());
      }
      j.setColumn(i, 0, values);
    }
    return j;
  }
}
