package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.testkit.OneThreadPerOp;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The model's own loss: SameDiff's four ops are recognised, others refused by name. */
@ExtendWith(OneThreadPerOp.class)
class ModelLossTest {

  private static final int SAMPLES = 5;

  /** A network with logits "out" [N, 3], a placeholder "y", and what the test puts behind. */
  private static final class Model {
    final Net net;
    final SameDiff sd;
    final SDVariable out;
    final SDVariable y;

    Model(DataType type) {
      net = new Net(type);
      sd = net.sd;
      SDVariable hidden = sd.nn.tanh(net.active(4));
      out = hidden.mmul(net.parameter(4, 3)).add("out", net.parameter(3));
      y = sd.placeHolder("y", type, -1, 3);
    }

    ArrayBatch batch(INDArray targets) {
      return ArrayBatch.of(Net.normal(new Random(3), net.type, SAMPLES, Net.FEATURES), targets);
    }

    ArrayBatch batch() {
      INDArray noise = Net.normal(new Random(4), net.type, SAMPLES, 3);
      return batch(Nd4j.exec(new org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax(noise))[0]);
    }

    SameDiffObjective objective() {
      return SameDiffObjective.builder(sd).lossVariable("loss").build();
    }
  }

  private static void assertSameDiffs(Model model, ArrayBatch batch) {
    boolean single = model.net.type == DataType.FLOAT;
    try (SameDiffObjective objective = model.objective()) {
      assertThat(objective.inputs()).containsExactly("x");
      assertThat(objective.targets()).containsExactly("y");
      double expected =
          model
              .sd
              .output(Map.of("x", batch.inputs().get(0), "y", batch.targets().get(0)), "loss")
              .get("loss")
              .getDouble(0);
      FlatVector theta = objective.initialParameters();
      assertThat(objective.value(theta, batch)).isCloseTo(expected, within(single ? 1e-5 : 1e-12));
      ModelChecks checks = new ModelChecks(objective, batch);
      checks.gradientAgainst(model.sd, "loss", single ? 1e-4 : 1e-10);
      checks.product(single ? 1e-4 : 1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT,MEAN_BY_WEIGHT",
    "FLOAT,MEAN_BY_NONZERO_WEIGHT_COUNT",
    "DOUBLE,MEAN_BY_WEIGHT",
    "DOUBLE,MEAN_BY_NONZERO_WEIGHT_COUNT"
  })
  void meansOfTheThreeDenseOpsAreSameDiffs(DataType type, LossReduce reduction) {
    Model softmax = new Model(type);
    softmax.sd.loss.softmaxCrossEntropy("loss", softmax.y, softmax.out, null, reduction, 0.0);
    assertSameDiffs(softmax, softmax.batch());

    Model sigmoid = new Model(type);
    sigmoid.sd.loss.sigmoidCrossEntropy("loss", sigmoid.y, sigmoid.out, null, reduction, 0.0);
    assertSameDiffs(sigmoid, sigmoid.batch());

    Model squared = new Model(type);
    squared.sd.loss.meanSquaredError("loss", squared.y, squared.out, null, reduction);
    assertSameDiffs(squared, squared.batch());
  }

  @Test
  void aTargetThatTheLossDoesNotReadIsLetBe() {
    Model model = new Model(DataType.DOUBLE);
    model.sd.placeHolder("other", DataType.DOUBLE, -1, 3);
    model.sd.loss.softmaxCrossEntropy(
        "loss", model.y, model.out, null, LossReduce.MEAN_BY_WEIGHT, 0.0);
    ArrayBatch batch = model.batch();
    List<INDArray> targets =
        List.of(batch.targets().get(0), Nd4j.zeros(DataType.DOUBLE, SAMPLES, 3));
    try (SameDiffObjective one = model.objective();
        SameDiffObjective two =
            SameDiffObjective.builder(model.sd)
                .lossVariable("loss")
                .targets("y", "other")
                .build()) {
      FlatVector theta = one.initialParameters();

      assertThat(two.value(theta, ArrayBatch.of(batch.inputs(), targets)))
          .isEqualTo(one.value(theta, batch));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void sparseSoftmaxMeansItsMean(DataType type) {
    Net net = new Net(type);
    SDVariable out = net.sd.identity("out", net.active(3));
    SDVariable y = net.sd.placeHolder("y", DataType.INT32, -1);
    net.sd.loss.sparseSoftmaxCrossEntropy("each", out, y).mean("loss");
    ArrayBatch batch =
        ArrayBatch.of(
            Net.normal(new Random(3), type, SAMPLES, Net.FEATURES),
            Nd4j.createFromArray(2, 0, 1, 1, 0));
    boolean single = type == DataType.FLOAT;
    FlatVector theta;
    double value;
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd).lossVariable("loss").build()) {
      theta = objective.initialParameters();
      value = objective.value(theta, batch);
      INDArray expected =
          net.sd
              .output(Map.of("x", batch.inputs().get(0), "y", batch.targets().get(0)), "loss")
              .get("loss");
      assertThat(value).isCloseTo(expected.getDouble(0), within(single ? 1e-5 : 1e-12));
      // SameDiff's own gradient is that of the sum: its op ignores what comes behind it.
      ModelChecks checks = new ModelChecks(objective, batch);
      checks.gradient(single ? 1e-2 : 1e-5, single ? 1e-2 : 1e-7);
      checks.product(single ? 1e-4 : 1e-12);
    }
    try (SameDiffObjective each = SameDiffObjective.builder(net.sd).lossVariable("each").build()) {
      assertThat(each.value(theta, batch)).isEqualTo(value);
    }
  }

  @Test
  void theModelsOnlyLossVariableIsTheDefault() {
    Model model = new Model(DataType.DOUBLE);
    model.sd.loss.meanSquaredError("loss", model.y, model.out, null);
    model.sd.setLossVariables("loss");
    ArrayBatch batch = model.batch();
    try (SameDiffObjective objective = SameDiffObjective.builder(model.sd).build();
        SameDiffObjective named = model.objective()) {
      FlatVector theta = objective.initialParameters();
      assertThat(objective.value(theta, batch)).isEqualTo(named.value(theta, batch));
    }
  }

  @Test
  void anAutoencodersTargetIsItsInput() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable out =
        net.sd.identity("out", net.sd.nn.tanh(net.active(2)).mmul(net.parameter(2, 4)));
    net.sd.loss.meanSquaredError("loss", net.x, out, null);
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd).lossVariable("loss").build()) {
      assertThat(objective.targets()).isEmpty();
      INDArray x = Net.normal(new Random(3), DataType.DOUBLE, SAMPLES, Net.FEATURES);
      ArrayBatch batch = ArrayBatch.of(java.util.List.of(x), java.util.List.of());
      ModelChecks checks = new ModelChecks(objective, batch);
      checks.gradient(1e-5, 1e-7);
      checks.gradientAgainst(net.sd, "loss", 1e-10);
    }
  }

  private static void assertRefused(Model model, String... parts) {
    assertThatThrownBy(model::objective)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the loss variable 'loss' is refused: ")
        .hasMessageContainingAll(parts);
  }

  @Test
  void otherLossOpsAreRefusedByName() {
    Model absolute = new Model(DataType.DOUBLE);
    absolute.sd.loss.absoluteDifference("loss", absolute.y, absolute.out, null);
    assertRefused(absolute, "'absolute_difference_loss' is not supported", "loss(...)");
    Model hinge = new Model(DataType.DOUBLE);
    hinge.sd.loss.hingeLoss("loss", hinge.y, hinge.out, null);
    assertRefused(hinge, "'hinge_loss' is not supported");
    Model huber = new Model(DataType.DOUBLE);
    huber.sd.loss.huberLoss("loss", huber.y, huber.out, null, 1.0);
    assertRefused(huber, "'huber_loss' is not supported");
    Model log = new Model(DataType.DOUBLE);
    log.sd.loss.logLoss("loss", log.y, log.out);
    assertRefused(log, "'log_loss' is not supported");
    Model cosine = new Model(DataType.DOUBLE);
    cosine.sd.loss.cosineDistance("loss", cosine.y, cosine.out, null, 1);
    assertRefused(cosine, "'cosine_distance_loss' is not supported");
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "SUM"})
  void otherReductionsAreRefused(LossReduce reduction) {
    Model model = new Model(DataType.DOUBLE);
    model.sd.loss.meanSquaredError("loss", model.y, model.out, null, reduction);
    assertRefused(model, "its reduction is " + reduction, "MEAN_BY_NONZERO_WEIGHT_COUNT");
  }

  @Test
  void labelSmoothingIsRefused() {
    Model softmax = new Model(DataType.DOUBLE);
    softmax.sd.loss.softmaxCrossEntropy(
        "loss", softmax.y, softmax.out, null, LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT, 0.1);
    assertRefused(softmax, "it smooths labels", "smooth the targets");
    Model sigmoid = new Model(DataType.DOUBLE);
    sigmoid.sd.loss.sigmoidCrossEntropy(
        "loss", sigmoid.y, sigmoid.out, null, LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT, 0.1);
    assertRefused(sigmoid, "it smooths labels");
  }

  @Test
  void weightsAreRefused() {
    Model constant = new Model(DataType.DOUBLE);
    SDVariable half = constant.sd.constant("half", Nd4j.scalar(DataType.DOUBLE, 0.5));
    constant.sd.loss.meanSquaredError("loss", constant.y, constant.out, half);
    assertRefused(constant, "it weights the samples by 'half'");
    Model placeholder = new Model(DataType.DOUBLE);
    SDVariable weights = placeholder.sd.placeHolder("weights", DataType.DOUBLE, -1, 1);
    placeholder.sd.loss.meanSquaredError("loss", placeholder.y, placeholder.out, weights);
    assertRefused(placeholder, "it weights the samples by 'weights'");
  }

  @Test
  void severalLossesAreRefused() {
    Model model = new Model(DataType.DOUBLE);
    model.sd.loss.meanSquaredError("one", model.y, model.out, null);
    model.sd.loss.sigmoidCrossEntropy("two", model.y, model.out, null);
    model.sd.setLossVariables("one", "two");
    assertThatThrownBy(() -> SameDiffObjective.builder(model.sd).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model has several losses, [one, two]; one is supported: choose it with"
                + " lossVariable(...), or add them up in the graph");
  }

  @Test
  void targetsThatAreTrainedAreRefused() {
    Model model = new Model(DataType.DOUBLE);
    SDVariable moving = model.y.mul(model.net.parameter(3));
    model.sd.loss.meanSquaredError("loss", moving, model.out, null);
    assertThatThrownBy(model::objective)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depend on the parameters [p4]")
        .hasMessageContaining(moving.name());
  }

  @Test
  void aModelWithoutLossIsRefused() {
    Model model = new Model(DataType.DOUBLE);
    assertThatThrownBy(() -> SameDiffObjective.builder(model.sd).output("out").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("give a loss: loss(...) or lossVariable(...)");
    assertThatThrownBy(() -> SameDiffObjective.builder(model.sd).lossVariable("nothing").build())
        .hasMessage("the model has no variable 'nothing' to take as its loss");
    assertThatThrownBy(() -> SameDiffObjective.builder(model.sd).lossVariable("y").build())
        .hasMessage("the loss variable 'y' is refused: it is not computed by any op");
  }

  @Test
  void anOutputThatIsNotTheLosssIsRefused() {
    Model model = new Model(DataType.DOUBLE);
    model.sd.nn.softmax("p", model.out);
    model.sd.loss.softmaxCrossEntropy("loss", model.y, model.out, null);
    assertThatThrownBy(
            () -> SameDiffObjective.builder(model.sd).output("p").lossVariable("loss").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the loss variable 'loss' is a function of 'out', not of the output 'p'");
  }
}
