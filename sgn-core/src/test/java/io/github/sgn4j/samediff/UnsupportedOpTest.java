package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.autodiff.TangentRule;
import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.autodiff.UnsupportedOpException;
import io.github.sgn4j.loss.Losses;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.GRUWeights;
import org.nd4j.linalg.factory.Nd4j;

/** Models that cannot be trained through are refused when the objective is built. */
class UnsupportedOpTest {

  private static SameDiffObjectiveBuilder builder(Function<Net, SDVariable> output) {
    Net net = new Net(DataType.DOUBLE);
    net.sd.identity("out", output.apply(net));
    return SameDiffObjective.builder(net.sd).output("out").loss(Losses.meanSquaredError());
  }

  private static void assertRefused(
      Function<Net, SDVariable> output, String opName, String... parts) {
    assertThatThrownBy(() -> builder(output).build())
        .isInstanceOfSatisfying(
            UnsupportedOpException.class, e -> assertThat(e.opName()).isEqualTo(opName))
        .hasMessageContainingAll(parts);
  }

  @Test
  void anOpWithoutRuleTellsHowToAddOne() {
    assertRefused(
        net -> net.sd.math.atan("angle", net.active(3)),
        "atan",
        "op 'atan' that makes [angle] is not supported: it has no tangent rule; add one:"
            + " builder.tangentRules(TangentRules.standard().with(\"atan\", rule))");
  }

  @Test
  void anOpOfTheInputAloneNeedsNoRule() {
    builder(net -> net.sd.math.atan(net.x).mmul(net.parameter(4, 2))).build().close();
  }

  @Test
  void stochasticOpsAreRefused() {
    String why = "it draws random numbers";
    assertRefused(net -> net.sd.nn.dropout("d", net.active(3), 0.5), "dropout", "[d]", why);
    assertRefused(net -> net.sd.nn.dropoutInverted(net.active(3), 0.5), "dropout_inverted", why);
    assertRefused(
        net -> net.active(3).add(net.sd.random.normal(0, 1, DataType.DOUBLE, 3)),
        "distribution_gaussian",
        why);
    assertRefused(
        net -> net.active(3).mul(net.sd.random.bernoulli(0.5, DataType.DOUBLE, 3)),
        "distribution_bernoulli",
        why);
  }

  @Test
  void integersOnTheWayAreRefused() {
    assertRefused(
        net -> net.sd.argmax("best", net.active(3), 1).castTo(DataType.DOUBLE),
        "argmax",
        "[best]",
        "its result is LONG",
        "keep the path from the parameters to the output floating-point");
    assertRefused(
        net -> net.active(3).castTo("whole", DataType.INT32).castTo(DataType.DOUBLE),
        "cast",
        "[whole]",
        "its result is INT");
    assertRefused(
        net -> {
          SDVariable h = net.active(3);
          return h.mul(h.gt(0.0).castTo(DataType.DOUBLE));
        },
        "greaterthan_scalar",
        "its result is BOOL");
  }

  @Test
  void poolingsThatNd4jPlacesByARuleOfItsOwnAreRefused() {
    Pooling2DConfig skipping =
        Pooling2DConfig.builder().kH(1).kW(2).sH(3).sW(2).paddingMode(PaddingMode.SAME).build();
    assertRefused(
        net -> net.sd.cnn.maxPooling2d("pooled", net.active(2, 5, 6), skipping),
        "maxpool2d",
        "[pooled]",
        "with SAME padding its stride leaves out two pixels or more between windows; use VALID");
  }

  @Test
  void fusedOpsNameTheOpsThatTheyAreMadeOf() {
    assertRefused(
        net ->
            net.sd.nn.dotProductAttention(
                net.active(2, 3),
                net.active(2, 4),
                net.active(2, 4),
                net.sd.constant(Nd4j.ones(DataType.DOUBLE, 1, 4)),
                true),
        "dot_product_attention",
        "it has no tangent rule; compose it of matmul, softmax and matmul, or add a rule:");
    assertRefused(
        net -> {
          SDVariable h = net.active(2);
          GRUWeights weights =
              GRUWeights.builder()
                  .ruWeight(net.parameter(6, 4))
                  .cWeight(net.parameter(6, 2))
                  .ruBias(net.parameter(4))
                  .cBias(net.parameter(2))
                  .build();
          return net.sd.rnn.gruCell(net.x, h, weights)[3];
        },
        "gruCell",
        "compose the cell of matmul, sigmoid, tanh and multiplications, unrolled over the steps,");
  }

  @Test
  void gatheringNumbersOfAVectorIsRefused() {
    assertRefused(
        net -> net.sd.gather(net.parameter(5), net.sd.constant(Nd4j.createFromArray(1, 2)), 0),
        "gather",
        "ND4J overwrites memory when it gathers from an array of rank 1; reshape it to [n, 1]");
  }

  @Test
  void controlFlowIsRefused() {
    assertRefused(
        net ->
            net.sd
                .whileLoop(
                    new SDVariable[] {net.active(3)},
                    (sd, v) -> v[0].sum().lt(10),
                    (sd, v) -> new SDVariable[] {v[0].add(1)})[0],
        "exit",
        "loop");
    assertRefused(
        net -> {
          SDVariable h = net.active(3);
          return net.sd.ifCond(sd -> h.sum().gt(0), sd -> h.add(1), sd -> h.sub(1));
        },
        "merge",
        "condition");
  }

  @Test
  void stopGradientAndStepsCutThePath() {
    assertThatThrownBy(() -> builder(net -> net.sd.math.sign(net.active(3))).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the output 'out' does not depend on any trainable parameter");
    // Through the other factor it does.
    Net net = new Net(DataType.DOUBLE);
    SDVariable h = net.active(3);
    net.sd.identity("out", h.mul(net.sd.math.sign(h)));
    Net absolute = new Net(DataType.DOUBLE);
    absolute.sd.identity("out", absolute.sd.math.abs(absolute.active(3)));
    try (SameDiffObjective objective = objective(net);
        SameDiffObjective equal = objective(absolute)) {
      new ModelChecks(objective, batch(3)).productsAgainst(new ModelChecks(equal, batch(3)), 1e-14);
    }
  }

  private static SameDiffObjective objective(Net net) {
    return SameDiffObjective.builder(net.sd).output("out").loss(Losses.meanSquaredError()).build();
  }

  private static ArrayBatch batch(long... outputPerSample) {
    Random random = new Random(1);
    long[] shape = new long[outputPerSample.length + 1];
    shape[0] = 5;
    System.arraycopy(outputPerSample, 0, shape, 1, outputPerSample.length);
    INDArray x = Net.normal(random, DataType.DOUBLE, 5, Net.FEATURES);
    return ArrayBatch.of(x, Net.normal(random, DataType.DOUBLE, shape));
  }

  @Test
  void aRuleOfTheUsersIsUsed() {
    TangentRules rules =
        TangentRules.standard()
            .with(
                "sinh",
                call -> List.of(call.tangent(0).mul(call.sameDiff().math.cosh(call.input(0)))))
            .with(
                "atan",
                call ->
                    List.of(
                        call.tangent(0).div(call.sameDiff().math.square(call.input(0)).add(1))));
    assertThat(TangentRules.standard().opNames()).doesNotContain("sinh", "atan");
    assertThat(rules.opNames()).contains("sinh", "atan", "matmul");
    try (SameDiffObjective objective =
        builder(net -> net.sd.math.sinh(net.sd.math.atan(net.active(3))))
            .tangentRules(rules)
            .build()) {
      ModelChecks checks = new ModelChecks(objective, batch(3));
      checks.jvp(1e-4, 1e-8);
      checks.transpose(1e-13);
      checks.product(1e-12);
    }
  }

  @Test
  void aRuleMayBringItsOwnAdjoint() {
    TangentRule atan =
        new TangentRule() {
          private SDVariable slope(io.github.sgn4j.autodiff.RuleContext call) {
            return call.shared(
                "slope", () -> call.sameDiff().math.square(call.input(0)).add(1).rdiv(1));
          }

          @Override
          public List<SDVariable> tangents(io.github.sgn4j.autodiff.RuleContext call) {
            return List.of(call.tangent(0).mul(slope(call)));
          }

          @Override
          public List<SDVariable> adjoints(
              io.github.sgn4j.autodiff.RuleContext call, List<SDVariable> outputAdjoints) {
            return List.of(outputAdjoints.get(0).mul(slope(call)));
          }
        };
    try (SameDiffObjective objective =
        builder(net -> net.sd.math.atan(net.active(3)))
            .tangentRules(TangentRules.standard().with("atan", atan))
            .build()) {
      ModelChecks checks = new ModelChecks(objective, batch(3));
      checks.jvp(1e-4, 1e-8);
      checks.transpose(1e-13);
      checks.product(1e-12);
    }
  }

  @Test
  void aRuleOfTheUsersTakesPrecedence() {
    TangentRules wrong =
        TangentRules.standard().with("tanh", call -> List.of(call.tangent(0).mul(0)));
    try (SameDiffObjective objective =
        builder(net -> net.sd.nn.tanh(net.active(3)))
            .tangentRules(wrong)
            .kernels(io.github.sgn4j.plan.KernelChoice.GENERIC)
            .build()) {
      ArrayBatch batch = batch(3);
      ModelChecks checks = new ModelChecks(objective, batch);
      try (LocalLinearization linearization = objective.linearize(checks.theta(), batch)) {
        INDArray jv = linearization.jvp(checks.direction());
        assertThat(jv.amaxNumber().doubleValue()).isZero();
      }
    }
  }

  @Test
  void aRuleThatGivesTooFewTangentsIsRefused() {
    assertThatThrownBy(
            () ->
                builder(net -> net.sd.math.atan(net.active(3)))
                    .tangentRules(TangentRules.standard().with("atan", call -> List.of()))
                    .build())
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("its rule gave 0 tangents for 1");
  }
}
