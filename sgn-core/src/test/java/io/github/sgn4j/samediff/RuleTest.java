package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.testkit.OneThreadPerOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** Every rule by a small network: against finite differences, SameDiff, and its own transpose. */
@ExtendWith(OneThreadPerOp.class)
class RuleTest {

  static Stream<RuleCase> cases() {
    return Stream.of(
            ProductCases.all(),
            BroadcastCases.all(),
            ElementwiseCases.all(),
            NormalisationCases.all(),
            ShapeCases.all(),
            ReductionCases.all(),
            SharingCases.all(),
            ConvolutionCases.all(),
            PoolingCases.all(),
            OtherConvolutionCases.all(),
            BatchNormCases.all(),
            PartCases.all(),
            ExtremumCases.all(),
            RecurrentCases.all())
        .flatMap(cases -> cases.stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void derivativesAreExactInDouble(RuleCase rule) {
    boolean single = rule.single();
    Model model = model(rule, DataType.DOUBLE, KernelChoice.GENERIC);
    for (int samples : new int[] {1, 2, 7}) {
      ModelChecks checks = model.checks(samples);
      checks.jvp(single ? 1e-2 : rule.kinks() ? 1e-6 : 5e-4, single ? 1e-4 : 1e-8);
      checks.transpose(single ? 1e-6 : 1e-13);
      checks.product(single ? 1e-5 : 1e-12);
      if (samples >= rule.fewestSamples()) {
        checks.outputAgainst(model.reference, "out", single ? 1e-6 : 1e-13);
      }
      if (samples >= rule.fewestSamples() && samples != 2) {
        checks.vjpAgainst(model.reference, "out", single ? 1e-6 : 1e-12);
      }
    }
    Model fused = model(rule, DataType.DOUBLE, KernelChoice.AUTO);
    model.checks(3).productsAgainst(fused.checks(3), single ? 1e-6 : 1e-13);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void singlePrecisionAgreesWithDouble(RuleCase rule) {
    ModelChecks full = model(rule, DataType.DOUBLE, KernelChoice.GENERIC).checks(5);
    for (KernelChoice kernels : KernelChoice.values()) {
      ModelChecks single = model(rule, DataType.FLOAT, kernels).checks(5);
      single.productsAgainst(full, 1e-4);
      single.product(1e-4);
    }
  }

  @Test
  void everyStandardRuleHasACase() {
    Set<String> ops = new TreeSet<>();
    cases()
        .forEach(
            rule -> {
              Net net = new Net(DataType.DOUBLE);
              SDVariable made = rule.output().apply(net);
              for (DifferentialFunction op : made.getSameDiff().ops()) {
                ops.add(op.opName());
              }
            });
    assertThat(ops).containsAll(TangentRules.standard().opNames());
  }

  /** Where a kink is hit exactly the derivative is one-sided, and the same in both products. */
  @ParameterizedTest
  @EnumSource
  void derivativesAtKinksAreSameDiffs(KernelChoice kernels) {
    for (String op : List.of("relu", "leaky relu", "abs", "elu", "selu")) {
      Net net = new Net(DataType.DOUBLE);
      // Every element is 0 exactly.
      SDVariable h = net.x.mmul(net.parameter(4, 3)).add(net.parameter(3)).mul(0);
      SDVariable at = h.add(net.parameter(new double[3]));
      SDVariable y =
          switch (op) {
            case "relu" -> net.sd.nn.relu(at, 0);
            case "leaky relu" -> net.sd.nn.leakyRelu(at, 0.25);
            case "elu" -> net.sd.nn.elu(at);
            case "selu" -> net.sd.nn.selu(at);
            default -> net.sd.math.abs(at);
          };
      net.sd.identity("out", y);
      try (SameDiffObjective objective =
          SameDiffObjective.builder(net.sd)
              .output("out")
              .loss(Losses.meanSquaredError())
              .kernels(kernels)
              .build()) {
        INDArray x = Net.normal(new Random(1), DataType.DOUBLE, 2, Net.FEATURES);
        ArrayBatch batch = ArrayBatch.of(x, Nd4j.ones(DataType.DOUBLE, 2, 3));
        ModelChecks checks = new ModelChecks(objective, batch);
        checks.vjpAgainst(net.sd, "out", 1e-14);
        try (LocalLinearization linearization = objective.linearize(checks.theta(), batch)) {
          FlatVector v = checks.direction();
          INDArray jv = linearization.jvp(v);
          FlatVector slopes = v.like();
          linearization.vjp(Nd4j.ones(DataType.DOUBLE, 2, 3).divi(2), slopes);
          Parameter offset = objective.parameters().get("p2");
          for (int i = 0; i < 3; i++) {
            double slope = slopes.view(offset).get(i);
            assertThat(jv.getDouble(0, i))
                .as(op)
                .isCloseTo(slope * v.view(offset).get(i), within(1e-15));
          }
        }
      }
    }
  }

  /** Of several largest pixels the first counts, in both products. */
  @Test
  void aMaxPoolingPicksTheFirstOfEqualPixels() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable equal = net.x.mmul(net.parameter(4, 4)).mul(0);
    SDVariable image = equal.add(net.parameter(new double[4])).reshape(-1, 1, 2, 2);
    Pooling2DConfig config = Pooling2DConfig.builder().kH(2).kW(2).build();
    net.sd.cnn.maxPooling2d("out", image, config);
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd)
            .output("out")
            .loss(Losses.meanSquaredError())
            .kernels(KernelChoice.GENERIC)
            .build()) {
      INDArray x = Net.normal(new Random(1), DataType.DOUBLE, 2, Net.FEATURES);
      ArrayBatch batch = ArrayBatch.of(x, Nd4j.ones(DataType.DOUBLE, 2, 1, 1, 1));
      ModelChecks checks = new ModelChecks(objective, batch);
      checks.vjpAgainst(net.sd, "out", 1e-14);
      try (LocalLinearization linearization = objective.linearize(checks.theta(), batch)) {
        FlatVector v = checks.direction();
        double first = v.view(objective.parameters().get("p1")).get(0);
        assertThat(linearization.jvp(v).getDouble(0)).isEqualTo(first);
      }
    }
  }

  private final List<Model> models = new ArrayList<>();

  private Model model(RuleCase rule, DataType type, KernelChoice kernels) {
    Model model = new Model(rule, type, kernels);
    models.add(model);
    return model;
  }

  @AfterEach
  void closeObjectives() {
    models.forEach(model -> model.objective.close());
  }

  /** A network of a case as an objective, and batches for it. */
  private static final class Model {
    private final SameDiff reference;
    private final SameDiffObjective objective;
    private final DataType type;
    private final long[] shape;

    Model(RuleCase rule, DataType type, KernelChoice kernels) {
      this.type = type;
      Net net = net(rule.output());
      objective =
          SameDiffObjective.builder(net.sd)
              .inputs("x")
              .output("out")
              .loss(Losses.meanSquaredError())
              .kernels(kernels)
              .build();
      reference = net(rule.reference()).sd;
      INDArray x = Net.normal(new Random(0), type, 2, Net.FEATURES);
      shape = reference.output(Map.of("x", x), "out").get("out").shape();
    }

    private Net net(Function<Net, SDVariable> output) {
      Net net = new Net(type);
      net.sd.identity("out", output.apply(net));
      return net;
    }

    ModelChecks checks(int samples) {
      Random random = new Random(samples);
      INDArray x = Net.normal(random, type, samples, Net.FEATURES);
      long[] targetShape = shape.clone();
      targetShape[0] = samples;
      DataType outputType = reference.getVariable("out").dataType();
      INDArray target = Net.normal(random, outputType, targetShape);
      return new ModelChecks(objective, ArrayBatch.of(x, target));
    }
  }
}
