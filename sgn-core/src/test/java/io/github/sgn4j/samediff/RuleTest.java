package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.nd.OpThreads;
import io.github.sgn4j.plan.KernelChoice;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every rule by a small network: against finite differences, SameDiff, and its own transpose. */
class RuleTest {

  @BeforeAll
  static void keepSameDiffToOneThread() {
    OpThreads.single();
  }

  static Stream<RuleCase> cases() {
    return Stream.of(
            ProductCases.all(),
            BroadcastCases.all(),
            ElementwiseCases.all(),
            NormalisationCases.all(),
            ShapeCases.all(),
            ReductionCases.all(),
            SharingCases.all())
        .flatMap(cases -> cases.stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void derivativesAreExactInDouble(RuleCase rule) {
    boolean single = rule.single();
    Model model = new Model(rule, DataType.DOUBLE, KernelChoice.GENERIC);
    for (int samples : new int[] {1, 2, 7}) {
      ModelChecks checks = model.checks(samples);
      checks.jvp(single ? 1e-2 : 5e-4, single ? 1e-4 : 1e-8);
      checks.transpose(single ? 1e-6 : 1e-13);
      checks.product(single ? 1e-5 : 1e-12);
      if (samples >= rule.fewestSamples()) {
        checks.outputAgainst(model.reference, "out", single ? 1e-6 : 1e-13);
        checks.vjpAgainst(model.reference, "out", single ? 1e-6 : 1e-12);
      }
    }
    Model fused = new Model(rule, DataType.DOUBLE, KernelChoice.AUTO);
    model.checks(3).productsAgainst(fused.checks(3), single ? 1e-6 : 1e-13);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void singlePrecisionAgreesWithDouble(RuleCase rule) {
    ModelChecks full = new Model(rule, DataType.DOUBLE, KernelChoice.GENERIC).checks(5);
    for (KernelChoice kernels : KernelChoice.values()) {
      ModelChecks single = new Model(rule, DataType.FLOAT, kernels).checks(5);
      single.productsAgainst(full, 1e-4);
      single.product(1e-4);
    }
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
