package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.samediff.RuleCase.Reference;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every rule by a small network: against finite differences, SameDiff, and its own transpose. */
class RuleTest {

  static Stream<RuleCase> cases() {
    return Stream.of(
            ProductCases.all(), BroadcastCases.all(), ElementwiseCases.all(), ShapeCases.all())
        .flatMap(cases -> cases.stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void derivativesAreExactInDouble(RuleCase rule) {
    boolean single = rule.reference() == Reference.SINGLE;
    Model model = new Model(rule, DataType.DOUBLE, KernelChoice.GENERIC);
    for (int samples : new int[] {1, 2, 7}) {
      ModelChecks checks = model.checks(samples);
      checks.outputAgainst(model.net.sd, "out", single ? 1e-6 : 1e-13);
      checks.jvp(single ? 1e-2 : 1e-5, single ? 1e-4 : 1e-6);
      checks.transpose(single ? 1e-6 : 1e-13);
      checks.product(single ? 1e-5 : 1e-12);
      if (rule.reference() != Reference.FINITE_DIFFERENCES) {
        checks.vjpAgainst(model.net.sd, "out", single ? 1e-6 : 1e-10);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void singlePrecisionAgreesWithDouble(RuleCase rule) {
    ModelChecks single = new Model(rule, DataType.FLOAT, KernelChoice.AUTO).checks(5);
    ModelChecks full = new Model(rule, DataType.DOUBLE, KernelChoice.AUTO).checks(5);
    single.productsAgainst(full, 2e-4);
    single.product(1e-4);
  }

  /** A network of a case as an objective, and batches for it. */
  private static final class Model {
    private final Net net;
    private final SameDiffObjective objective;

    Model(RuleCase rule, DataType type, KernelChoice kernels) {
      net = new Net(type);
      SDVariable made = rule.output().apply(net);
      net.sd.identity("out", made);
      objective =
          SameDiffObjective.builder(net.sd)
              .inputs("x")
              .output("out")
              .loss(Losses.meanSquaredError())
              .kernels(kernels)
              .build();
    }

    ModelChecks checks(int samples) {
      Random random = new Random(samples);
      INDArray x = Net.normal(random, net.type, samples, Net.FEATURES);
      INDArray out = net.sd.output(java.util.Map.of("x", x), "out").get("out");
      INDArray target = Net.normal(random, out.dataType(), out.shape());
      return new ModelChecks(objective, ArrayBatch.of(x, target));
    }
  }

  @Test
  void everyStandardRuleHasACase() {}
}
