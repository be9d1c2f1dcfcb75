package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.autodiff.UnsupportedOpException;
import io.github.sgn4j.loss.LossKernel;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.testkit.OneThreadPerOp;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Losses composed of basic ops: gradients are SameDiff's, Hessians those of the gradients. */
@ExtendWith(OneThreadPerOp.class)
class ComposedLossTest {

  private static final int SAMPLES = 4;
  private static final int OUTPUTS = 3;

  /** How a loss is computed of the output and the targets (positive, rows sum to 1). */
  private interface Formula {
    SDVariable apply(SameDiff sd, SDVariable out, SDVariable y);
  }

  private record Case(String name, Formula formula) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("mean of squares", (sd, z, y) -> sd.math.square(z.sub(y)).mean()),
        new Case("mean of squares by mul", (sd, z, y) -> z.sub(y).mul(z.sub(y)).mean()),
        new Case("squared difference", (sd, z, y) -> z.squaredDifference(y).mean()),
        new Case("mean of row sums", (sd, z, y) -> sd.math.square(z.sub(y)).sum(1).mean()),
        new Case("a tenth of a sum", (sd, z, y) -> sd.math.square(y.sub(z)).sum().div(10)),
        new Case(
            "-mean(sum(y log_softmax))",
            (sd, z, y) -> y.mul(sd.nn.logSoftmax(z)).sum(1).mean().neg()),
        new Case(
            "-mean(sum(y log_softmax)) with its axis",
            (sd, z, y) -> y.mul(sd.nn.logSoftmax(z, 1)).sum(1).mean().neg()),
        new Case(
            "-mean(sum(y log(softmax)))",
            (sd, z, y) -> y.mul(sd.math.log(sd.nn.softmax(z))).sum(1).mean().neg()),
        new Case(
            "log of a sum of exponentials",
            (sd, z, y) -> sd.math.log(sd.math.exp(z).sum(1)).sub(z.mul(y).sum(1)).mean()),
        new Case("softplus(z) - y z", (sd, z, y) -> sd.nn.softplus(z).sub(y.mul(z)).mean()),
        new Case(
            "cross-entropy of a sigmoid",
            (sd, z, y) -> {
              SDVariable p = sd.nn.sigmoid(z);
              SDVariable hit = y.mul(sd.math.log(p));
              return hit.add(y.rsub(1).mul(sd.math.log(p.rsub(1)))).mean().neg();
            }),
        new Case("exp(z) - y z", (sd, z, y) -> sd.math.exp(z).sub(y.mul(z)).mean()),
        new Case("fourth powers", (sd, z, y) -> z.sub(y).pow(4).mean()),
        new Case(
            "powers of 2.5 of exponentials",
            (sd, z, y) -> sd.math.exp(z).pow(2.5).mean().sub(y.mul(z).mean())),
        new Case(
            "smooth absolute values",
            (sd, z, y) -> sd.math.sqrt(sd.math.square(z.sub(y)).add(0.1)).mean()),
        new Case(
            "quotients",
            (sd, z, y) -> {
              SDVariable e = sd.math.exp(z);
              return y.div(e).add(e.rdiv(2)).add(e.div(y.add(1))).mean();
            }),
        new Case(
            "smooth hinge and decay",
            (sd, z, y) -> sd.nn.softplus(z.mul(y).rsub(1)).add(sd.math.square(z)).mean()),
        new Case(
            "squared hinge",
            (sd, z, y) -> {
              SDVariable margin = sd.nn.relu(z.mul(y.mul(2).sub(1)).rsub(1), 0);
              return sd.math.square(margin).mean();
            }),
        new Case(
            "asymmetric squares by leaky relu",
            (sd, z, y) -> sd.math.square(sd.nn.leakyRelu(z.sub(y), 0.25)).mean()),
        new Case(
            "squares weighted by a constant",
            (sd, z, y) -> {
              SDVariable weights = sd.constant(Nd4j.create(new double[] {1, 2, 3}));
              return sd.math.square(z.sub(y)).mul(weights.castTo(z.dataType())).mean();
            }),
        new Case(
            "squares of a part, of a transpose, of a reshape",
            (sd, z, y) -> {
              SDVariable difference = z.sub(y);
              SDVariable part = sd.slice(difference, new int[] {0, 1}, -1, 2);
              SDVariable turned = sd.transpose(difference).reshape(-1);
              return sd.math.square(part).sum().add(sd.math.square(turned).sum()).div(7);
            }),
        new Case(
            "squares of a product with a constant matrix",
            (sd, z, y) -> {
              SDVariable m = sd.constant(Nd4j.create(new double[][] {{1, 0.5}, {0, 1}, {0.2, -1}}));
              return sd.math.square(z.sub(y).mmul(m.castTo(z.dataType()))).mean();
            }),
        new Case(
            "squares of a concatenation",
            (sd, z, y) -> sd.math.square(sd.concat(1, z.sub(y), z.mul(0.1))).mean()),
        new Case(
            "squares of differences of the row's mean",
            (sd, z, y) -> {
              SDVariable centred = z.sub(z.mean(true, 1));
              return sd.math.square(centred).mean().add(sd.math.square(z.sub(y)).mean());
            }));
  }

  private static final class Model {
    final Net net;
    final ArrayBatch batch;

    Model(DataType type, Formula formula) {
      net = new Net(type);
      SDVariable hidden = net.sd.nn.tanh(net.active(4));
      SDVariable out = hidden.mmul(net.parameter(4, OUTPUTS)).add("out", net.parameter(OUTPUTS));
      SDVariable y = net.sd.placeHolder("y", type, -1, OUTPUTS);
      net.sd.identity("loss", formula.apply(net.sd, out, y));
      batch = ArrayBatch.of(Net.normal(new Random(3), type, SAMPLES, Net.FEATURES), targets(type));
    }

    SameDiffObjective objective() {
      return SameDiffObjective.builder(net.sd).output("out").lossVariable("loss").build();
    }

    LossKernel kernel() {
      DataType type = net.type;
      long[] shape = {SAMPLES, OUTPUTS};
      return ModelLoss.recognise(net.sd, "loss", "out", TangentRules.standard())
          .loss()
          .bind(type, shape, type, shape);
    }

    static INDArray targets(DataType type) {
      INDArray positive = Nd4j.math.exp(Net.normal(new Random(4), type, SAMPLES, OUTPUTS));
      return positive.diviColumnVector(positive.sum(1));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientsAreSameDiffs(Case c) {
    // SameDiff cannot differentiate a log_softmax that has an axis.
    boolean inSameDiff = !c.name().endsWith("its axis");
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      boolean single = type == DataType.FLOAT;
      Model model = new Model(type, c.formula());
      try (SameDiffObjective objective = model.objective()) {
        ModelChecks checks = new ModelChecks(objective, model.batch);
        if (inSameDiff) {
          checks.gradientAgainst(model.net.sd, "loss", single ? 1e-4 : 1e-11);
        }
        INDArray expected =
            model
                .net
                .sd
                .output(
                    Map.of("x", model.batch.inputs().get(0), "y", model.batch.targets().get(0)),
                    "loss")
                .get("loss");
        assertThat(objective.value(checks.theta(), model.batch))
            .isCloseTo(expected.getDouble(0), withinPercentage(single ? 1e-3 : 1e-11));
        if (!single) {
          checks.gradient(1e-5, 1e-7);
        }
        checks.product(single ? 1e-4 : 1e-12);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void hessianProductsAreTheGradientsSlopes(Case c) {
    LossKernel kernel = new Model(DataType.DOUBLE, c.formula()).kernel();
    Random random = new Random(8);
    INDArray targets = Model.targets(DataType.DOUBLE);
    INDArray z = Net.normal(random, DataType.DOUBLE, SAMPLES, OUTPUTS);
    INDArray v = Net.normal(random, DataType.DOUBLE, SAMPLES, OUTPUTS);
    double step = 1e-5;
    INDArray plus = gradient(kernel, z.add(v.mul(step)), targets);
    INDArray minus = gradient(kernel, z.sub(v.mul(step)), targets);
    INDArray expected = plus.sub(minus).div(2 * step);
    kernel.value(z, targets);
    INDArray product = v.dup();
    kernel.hessianVectorProduct(product, product);
    ModelChecks.assertClose(product, expected, 1e-7);
    assertThat(product.mul(v).sumNumber().doubleValue()).isPositive();
    // And once more, now that buffers have been used.
    INDArray again = v.dup();
    kernel.hessianVectorProduct(again, again);
    assertThat(again).isEqualTo(product);
  }

  private static INDArray gradient(LossKernel kernel, INDArray z, INDArray targets) {
    kernel.value(z, targets);
    INDArray gradient = z.ulike();
    kernel.gradient(gradient);
    return gradient;
  }

  @Test
  void anotherBatchReplacesTheTargets() {
    Model model = new Model(DataType.DOUBLE, (sd, z, y) -> sd.math.square(z.sub(y)).mean());
    try (SameDiffObjective objective = model.objective()) {
      FlatVector theta = objective.initialParameters();
      double first = objective.value(theta, model.batch);
      INDArray x = model.batch.inputs().get(0);
      INDArray moved = model.batch.targets().get(0).add(1);
      assertThat(objective.value(theta, ArrayBatch.of(x, moved))).isNotEqualTo(first);
      assertThat(objective.value(theta, model.batch)).isEqualTo(first);
      ArrayBatch one =
          ArrayBatch.of(
              Net.normal(new Random(1), DataType.DOUBLE, 1, Net.FEATURES),
              Net.normal(new Random(2), DataType.DOUBLE, 1, OUTPUTS));
      new ModelChecks(objective, one).product(1e-12);
    }
  }

  private static void assertRefused(Formula formula, String... parts) {
    Model model = new Model(DataType.DOUBLE, formula);
    assertThatThrownBy(model::objective)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void penaltiesOnParametersAreRefused() {
    assertRefused(
        (sd, z, y) ->
            sd.math.square(z.sub(y)).mean().add(sd.math.square(sd.getVariable("p0")).sum()),
        "the loss variable 'loss' is refused: it depends on the variable 'p0' other than through"
            + " the output 'out'");
  }

  @Test
  void aLossThatReadsTheInputIsRefused() {
    assertRefused(
        (sd, z, y) -> sd.math.square(z.sub(y)).mean().add(sd.getVariable("x").mean()),
        "it must read one, the targets");
  }

  @Test
  void aLossOfSomethingElseIsRefused() {
    assertRefused((sd, z, y) -> sd.math.square(y).mean(), "does not depend on the output 'out'");
  }

  @Test
  void theOutputMustBeNamed() {
    Model model = new Model(DataType.DOUBLE, (sd, z, y) -> sd.math.square(z.sub(y)).mean());
    assertThatThrownBy(() -> SameDiffObjective.builder(model.net.sd).lossVariable("loss").build())
        .hasMessageContaining("name the network's output before the loss with output(...)");
  }

  @Test
  void opsWithoutRuleAreRefusedAtBuild() {
    Model forward =
        new Model(DataType.DOUBLE, (sd, z, y) -> sd.math.square(sd.math.atan(z.sub(y))).mean());
    assertThatThrownBy(forward::objective)
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("op 'atan' that makes");
    // It has a tangent, which cannot be differentiated again.
    Model second = new Model(DataType.DOUBLE, (sd, z, y) -> sd.nn.elu(z.sub(y)).mean());
    assertThatThrownBy(second::objective)
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("op 'elu_bp' that makes");
  }

  @Test
  void aLossThatIsNoSingleNumberIsRefused() {
    Model model = new Model(DataType.DOUBLE, (sd, z, y) -> sd.math.square(z.sub(y)).mean(1));
    try (SameDiffObjective objective = model.objective()) {
      FlatVector theta = objective.initialParameters();
      assertThatThrownBy(() -> objective.value(theta, model.batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the loss variable 'loss' has shape [4]; it must be one number: take its mean over"
                  + " the samples");
    }
  }
}
