package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.testkit.Quadratic;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Which arrays a batch may hold, and that only their numbers count. */
class BatchShapesTest {

  private SameDiffObjective objective;
  private FlatVector theta;

  @BeforeEach
  void build() {
    objective = objective(DataType.DOUBLE, KernelChoice.AUTO);
    theta = objective.initialParameters();
  }

  @AfterEach
  void close() {
    objective.close();
  }

  private static SameDiffObjective objective(DataType type, KernelChoice kernels) {
    Net net = new Net(type);
    SDVariable hidden = net.sd.nn.tanh(net.active(5));
    hidden.mmul(net.parameter(5, 3)).add("out", net.parameter(3));
    return SameDiffObjective.builder(net.sd)
        .output("out")
        .targets("y")
        .loss(Losses.softmaxCrossEntropy())
        .kernels(kernels)
        .build();
  }

  private static INDArray inputs(int samples) {
    return Net.normal(new Random(samples), DataType.DOUBLE, samples, 4);
  }

  private static INDArray classes(int samples) {
    return Nd4j.createFromArray(new Random(samples).ints(samples, 0, 3).toArray());
  }

  private static ArrayBatch batch(int samples) {
    return ArrayBatch.of(inputs(samples), classes(samples));
  }

  private double[] gradient(ArrayBatch batch) {
    FlatVector g = theta.like();
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      linearization.gradient(g);
    }
    return g.toDoubleArray();
  }

  @ParameterizedTest
  @EnumSource
  void manyBatchSizesLeaveFewWorkspaces(KernelChoice kernels) {
    try (SameDiffObjective many = objective(DataType.DOUBLE, kernels)) {
      FlatVector start = many.initialParameters();
      double[] first = new double[12];
      for (int round = 0; round < 2; round++) {
        for (int samples = 1; samples <= 12; samples++) {
          double value = many.value(start, batch(samples));
          assertThat(many.idleWorkspaces()).isBetween(1, 6);
          if (round == 0) {
            first[samples - 1] = value;
          } else {
            assertThat(value).isEqualTo(first[samples - 1]);
          }
        }
      }
    }
  }

  @Test
  void aShortLastBatchIsTheMeanOverItsOwnSamples() {
    INDArray x = inputs(7);
    INDArray y = classes(7);
    double sum = 0;
    for (int[] range : new int[][] {{0, 3}, {3, 6}, {6, 7}}) {
      INDArray part = x.get(NDArrayIndex.interval(range[0], range[1]), NDArrayIndex.all()).dup();
      INDArray labels = y.get(NDArrayIndex.interval(range[0], range[1])).dup();
      sum += (range[1] - range[0]) * objective.value(theta, ArrayBatch.of(part, labels));
    }
    assertThat(sum / 7)
        .isCloseTo(
            objective.value(theta, ArrayBatch.of(x, y)),
            org.assertj.core.api.Assertions.within(1e-14));
  }

  @Test
  void orderOffsetStrideAndFloatTypeDoNotMatter() {
    INDArray x = inputs(6);
    INDArray y = classes(6);
    double[] expected = gradient(ArrayBatch.of(x, y));
    INDArray wide = Nd4j.create(DataType.DOUBLE, 9, 8);
    INDArray view = wide.get(NDArrayIndex.interval(2, 8), NDArrayIndex.interval(1, 2, 8));
    view.assign(x);
    assertThat(view.shape()).containsExactly(6, 4);
    INDArray labels = Nd4j.create(DataType.INT32, 6, 2);
    labels.getColumn(1).assign(y);
    for (INDArray same :
        List.of(x.dup('f'), view, x.transpose().dup().transpose(), x.reshape(6, 4).dup('c'))) {
      assertThat(gradient(ArrayBatch.of(same, y))).containsExactly(expected);
    }
    for (INDArray same : List.of(labels.getColumn(1), y.castTo(DataType.INT64), y.reshape(6, 1))) {
      assertThat(gradient(ArrayBatch.of(x, same))).containsExactly(expected);
    }
    INDArray single = x.castTo(DataType.FLOAT);
    assertThat(gradient(ArrayBatch.of(single, y)))
        .containsExactly(gradient(ArrayBatch.of(single.castTo(DataType.DOUBLE), y)));
  }

  @Test
  void targetsOfTheOtherPrecisionAreConverted() {
    INDArray oneHot = Nd4j.create(new double[][] {{1, 0, 0}, {0, 0, 1}});
    double[] expected = gradient(ArrayBatch.of(inputs(2), oneHot));
    assertThat(gradient(ArrayBatch.of(inputs(2), oneHot.castTo(DataType.FLOAT))))
        .containsExactly(expected);
    assertThat(gradient(ArrayBatch.of(inputs(2), oneHot.dup('f')))).containsExactly(expected);
  }

  private static Stream<INDArray> wrongInputs() {
    return Stream.of(
        Nd4j.ones(DataType.DOUBLE, 5, 3),
        Nd4j.ones(DataType.DOUBLE, 5),
        Nd4j.ones(DataType.DOUBLE, 5, 4, 1));
  }

  @Test
  void wrongShapesAreRefusedByName() {
    wrongInputs()
        .forEach(
            x ->
                assertThatThrownBy(() -> objective.value(theta, ArrayBatch.of(x, classes(5))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                        "the array for 'x' has shape "
                            + java.util.Arrays.toString(x.shape())
                            + ", the model declares [-1, 4]"));
    assertThatThrownBy(
            () ->
                objective.value(theta, ArrayBatch.of(inputs(5), Nd4j.ones(DataType.DOUBLE, 5, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("softmax cross-entropy with logits [5, 3]");
    assertThatThrownBy(
            () ->
                objective.value(
                    theta, ArrayBatch.of(List.of(inputs(5), inputs(5)), List.of(classes(5)))))
        .hasMessage("the batch holds 2 inputs, the objective takes [x]");
    assertThatThrownBy(() -> objective.value(theta, ArrayBatch.of(List.of(inputs(5)), List.of())))
        .hasMessage("the batch holds 0 targets, the objective takes [y]");
    // It works as before.
    assertThat(objective.value(theta, batch(5))).isPositive();
  }

  @Test
  void batchesCheckTheirSampleCounts() {
    assertThatThrownBy(() -> ArrayBatch.of(inputs(5), classes(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the arrays of a batch hold 5 and 4 samples");
    assertThatThrownBy(() -> ArrayBatch.of(List.of(), List.of(classes(4))))
        .hasMessage("a batch needs at least one input");
    assertThatThrownBy(() -> ArrayBatch.of(Nd4j.scalar(1.0), classes(1)))
        .hasMessage("a batch's arrays need samples along dimension 0");
    assertThat(batch(5).size()).isEqualTo(5);
  }

  @Test
  void otherBatchesAndVectorsAreRefused() {
    Batch foreign = Quadratic.BATCH;
    assertThatThrownBy(() -> objective.value(theta, foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a SameDiffObjective takes an ArrayBatch, got ");
    FlatVector shorter = FlatVector.zeros(Precision.DOUBLE, theta.length() - 1);
    assertThatThrownBy(() -> objective.value(shorter, batch(3)))
        .hasMessage("theta has 42 elements of DOUBLE; this objective needs 43 of DOUBLE");
    FlatVector single = FlatVector.zeros(Precision.FLOAT, theta.length());
    assertThatThrownBy(() -> objective.linearize(single, batch(3)))
        .hasMessage("theta has 43 elements of FLOAT; this objective needs 43 of DOUBLE");
  }

  @Test
  void aClassThatDoesNotExistIsRefusedAndForgotten() {
    ArrayBatch wrong = ArrayBatch.of(inputs(3), Nd4j.createFromArray(0, 3, 1));
    double before = objective.value(theta, batch(3));
    assertThatThrownBy(() -> objective.value(theta, wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample 1 has class 3; classes are 0 to 2");
    assertThatThrownBy(() -> objective.linearize(theta, wrong))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(objective.value(theta, batch(3))).isEqualTo(before);
    assertThat(objective.idleWorkspaces()).isEqualTo(1);
  }
}
