package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Dense layers whose weights or bias are not what one expects. */
class DenseRolesTest {

  @BeforeEach
  void seed() {
    Nd4j.getRandom().setSeed(1);
  }

  static Stream<Arguments> twoRoles() {
    return Stream.of(
        Arguments.of("weights that are a product of themselves", role((x, w) -> x.mmul(w.mmul(w)))),
        Arguments.of(
            "a hidden layer times itself",
            role(
                (x, w) -> {
                  SDVariable h = x.mmul(w);
                  return h.mmul(h);
                })),
        Arguments.of(
            "a parameter as input and bias",
            role(
                (x, w) -> {
                  SDVariable p = x.getSameDiff().var("p", Nd4j.rand(DataType.DOUBLE, 1, 3));
                  return x.add(p.mmul(w).add(p));
                })));
  }

  private interface Layer {
    SDVariable of(SDVariable x, SDVariable w);
  }

  private static Function<SameDiff, SDVariable> role(Layer layer) {
    return sd -> {
      SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
      return layer.of(x, sd.var("w", Nd4j.rand(DataType.DOUBLE, 3, 3)));
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("twoRoles")
  void oneVariableInTwoRolesGetsTheSumOfItsGradients(
      String name, Function<SameDiff, SDVariable> graph) {
    SameDiff sd = SameDiff.create();
    String output = graph.apply(sd).name();
    ArrayBatch batch =
        ArrayBatch.of(Nd4j.rand(DataType.DOUBLE, 3, 3), Nd4j.rand(DataType.DOUBLE, 3, 3));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd).output(output).loss(Losses.meanSquaredError()).build()) {
      ModelChecks checks = new ModelChecks(objective, batch);
      checks.transpose(1e-13);
      checks.gradient(1e-5, 1e-7);
      checks.product(1e-12);
    }
  }

  @Test
  void aBiasThatComesWithTheBatchFollowsTheBatch() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 2);
    SDVariable c = sd.placeHolder("c", DataType.FLOAT, -1, 2);
    SDVariable w = sd.var("w", Nd4j.zeros(DataType.FLOAT, 2, 2));
    x.mmul(w).add("y", c);
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd)
            .inputs("x", "c")
            .output("y")
            .loss(Losses.meanSquaredError())
            .build()) {
      FlatVector theta = objective.initialParameters();
      assertThat(objective.value(theta, offsetBatch(1))).isEqualTo(1);
      assertThat(objective.value(theta, offsetBatch(5))).isEqualTo(25);
    }
  }

  private static ArrayBatch offsetBatch(double offset) {
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 1, 2);
    return ArrayBatch.of(
        List.of(zeros, Nd4j.valueArrayOf(new long[] {1, 2}, offset, DataType.FLOAT)),
        List.of(zeros));
  }

  @Test
  void aLayerWhoseInnerDimensionsDifferIsRefusedWithBothShapes() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, -1);
    x.mmul(sd.var("w", Nd4j.rand(DataType.FLOAT, 3, 4))).rename("y");
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd).output("y").loss(Losses.meanSquaredError()).build()) {
      ArrayBatch wide =
          ArrayBatch.of(Nd4j.rand(DataType.FLOAT, 6, 4000), Nd4j.rand(DataType.FLOAT, 6, 4));
      assertThatThrownBy(() -> objective.value(objective.initialParameters(), wide))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("matmul")
          .hasMessageContaining("[6, 4000]")
          .hasMessageContaining("[3, 4]");
    }
  }

  @Test
  void aNameForBothInputAndTargetIsRefused() {
    SameDiff sd = MlpObjectiveTest.mlp(DataType.FLOAT, 2, 2);
    SameDiffObjectiveBuilder builder =
        SameDiffObjective.builder(sd).output("out").loss(Losses.meanSquaredError()).targets("x");
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x' is named twice");
  }

  @Test
  void aLayerCalledTargetsIsNotTheTarget() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.FLOAT);
    x.mmul(sd.var("w", Nd4j.rand(DataType.FLOAT, 2, 3))).rename("targets");
    sd.getVariable("targets").mmul(sd.var("v", Nd4j.rand(DataType.FLOAT, 3, 2))).rename("y");
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd).output("y").loss(Losses.meanSquaredError()).build()) {
      ArrayBatch batch =
          ArrayBatch.of(Nd4j.rand(DataType.FLOAT, 4, 2), Nd4j.zeros(DataType.FLOAT, 4, 2));
      assertThat(objective.value(objective.initialParameters(), batch)).isPositive();
    }
  }

  @Test
  void targetsNeedNotSumToOne() {
    SameDiff sd = MlpObjectiveTest.mlp(DataType.DOUBLE, 3, 4, 2);
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd).output("out").loss(Losses.softmaxCrossEntropy()).build()) {
      INDArray targets = Nd4j.createFromArray(new double[][] {{1, 1}, {0, 0}, {0.5, 2}});
      ModelChecks checks =
          new ModelChecks(objective, ArrayBatch.of(Nd4j.randn(DataType.DOUBLE, 3, 3), targets));
      checks.gradient(1e-5, 1e-7);
      checks.product(1e-12);
    }
  }
}
