package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What factors refuse, how long they last, and what they leave on the heap. */
class FactorLimitsTest {

  private static SameDiffObjective objective(Function<Net, SDVariable> output) {
    Net net = new Net(DataType.DOUBLE);
    net.sd.identity("out", output.apply(net));
    return SameDiffObjective.builder(net.sd).output("out").loss(Losses.meanSquaredError()).build();
  }

  private static Arguments net(String name, Function<Net, SDVariable> output) {
    return Arguments.of(name, output);
  }

  static Stream<Arguments> notLayered() {
    return Stream.of(
        net(
            "a convolution",
            net ->
                new ConvLayer(3, 3, 3)
                    .activation("relu")
                    .of(net, net.passive(3, 3, 2))
                    .reshape(-1, 3)
                    .mmul(net.parameter(3, 3))),
        net(
            "a weight matrix in two layers",
            net -> {
              SDVariable w = net.parameter(4, 4);
              SDVariable h = net.sd.nn.tanh(net.x.mmul(w));
              return net.sd.nn.tanh(h.mmul(w)).mmul(net.parameter(4, 3));
            }),
        net(
            "a bias in two layers",
            net -> {
              SDVariable b = net.parameter(3);
              SDVariable h = net.sd.nn.tanh(net.x.mmul(net.parameter(4, 3)).add(b));
              return h.mmul(net.parameter(3, 3)).add(b);
            }),
        net("a scale", net -> net.sd.nn.tanh(net.active(3)).mul(net.parameter(3))),
        net("weights that are computed", net -> net.x.mmul(net.parameter(4, 3).mul(2))),
        net(
            "samples that mix",
            net -> {
              SDVariable h = net.active(3);
              return net.sd.nn.tanh(h.sub(h.mean(true, 0))).mmul(net.parameter(3, 3));
            }),
        net(
            "samples in another order",
            net -> net.sd.gather(net.active(3), new int[] {4, 3, 2, 1, 0}, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notLayered")
  void otherNetworksHaveProductsAlone(String name, Function<Net, SDVariable> output) {
    ArrayBatch batch =
        ArrayBatch.of(
            Net.normal(new Random(1), DataType.DOUBLE, 5, 4),
            Net.normal(new Random(2), DataType.DOUBLE, 5, 3));
    try (SameDiffObjective objective = objective(output)) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, batch)) {
        CurvatureFactor factor = linearization.ggnFactor().orElseThrow();
        FlatVector v = new ModelChecks(objective, batch).direction();
        FlatVector av = FlatVector.zeros(Precision.DOUBLE, factor.rows());
        FlatVector product = theta.like();
        FlatVector expected = theta.like();
        factor.multiply(v, av);
        factor.multiplyTransposed(av, product);
        linearization.ggnVectorProduct(v, expected);
        double norm = expected.norm();
        assertThat(norm).isPositive();
        expected.axpy(-1, product);
        assertThat(expected.norm()).isLessThan(1e-13 * norm);
        assertThat(factor.isLayered()).isFalse();
        Stream.<Runnable>of(
                () -> factor.diagonal(theta.like()),
                () -> factor.gram(new double[factor.rows() * factor.rows()]),
                () -> factor.matrix(new double[factor.rows() * factor.dimension()]))
            .forEach(
                use ->
                    assertThatThrownBy(use::run)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("one dense layer")
                        .hasMessageContaining("Hutchinson"));
      }
    }
  }

  @Test
  void aComposedLossHasNoFactors() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable out = net.sd.identity("out", net.active(3));
    SDVariable y = net.sd.placeHolder("y", DataType.DOUBLE, -1, 3);
    net.sd.math.square(out.sub(y)).mean("loss");
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd).output("out").lossVariable("loss").build()) {
      assertNoFactors(objective, 3);
    }
  }

  @Test
  void norDoSamplesOfSeveralRows() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable out = net.active(2, 3).reshape(-1, 3);
    SDVariable y = net.sd.placeHolder("y", DataType.DOUBLE, -1, 6);
    net.sd.loss.meanSquaredError("loss", y.reshape(-1, 3), out, null);
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd).lossVariable("loss").targets("y").build()) {
      assertNoFactors(objective, 6);
    }
  }

  private static void assertNoFactors(SameDiffObjective objective, int width) {
    ArrayBatch batch =
        ArrayBatch.of(
            Net.normal(new Random(1), DataType.DOUBLE, 5, 4),
            Nd4j.zeros(DataType.DOUBLE, 5, width));
    try (Linearization linearization = objective.linearize(objective.initialParameters(), batch)) {
      assertThat(linearization.ggnFactor()).isEmpty();
      assertThat(linearization.empiricalFisherFactor()).isEmpty();
      assertThat(linearization.sampledFisherFactor(1, 0)).isEmpty();
    }
  }

  @Test
  void wrongArgumentsAreRefused() {
    FactorCase c = FactorCase.all().findFirst().orElseThrow();
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE))) {
        assertThatThrownBy(() -> linearization.sampledFisherFactor(0, 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("draws = 0: at least one");
        CurvatureFactor factor = linearization.ggnFactor().orElseThrow();
        assertThatThrownBy(() -> factor.multiply(theta, theta.like()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("this factor has 15 rows, 3 for each of 5 samples");
        FlatVector rows = FlatVector.zeros(Precision.DOUBLE, 15);
        assertThatThrownBy(() -> factor.multiply(rows, rows))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("v has 15 elements");
        assertThatThrownBy(() -> factor.multiplyTransposed(theta, theta))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("u has ");
        assertThatThrownBy(() -> factor.diagonal(rows))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("the result has 15 elements");
        assertThatThrownBy(() -> factor.gram(new double[10]))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("the result has 10 elements; needed are rows * rows = 225");
        assertThatThrownBy(() -> factor.matrix(new double[10]))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("rows * dimension");
      }
    }
  }

  @Test
  void aFactorEndsWithTheNextOneOrTheLinearization() {
    FactorCase c = FactorCase.all().findFirst().orElseThrow();
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      Linearization linearization = objective.linearize(theta, c.batch(DataType.DOUBLE));
      CurvatureFactor first = linearization.ggnFactor().orElseThrow();
      CurvatureFactor second = linearization.empiricalFisherFactor().orElseThrow();
      assertThatThrownBy(() -> first.diagonal(theta.like()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another factor was asked");
      second.diagonal(theta.like());
      linearization.close();
      assertThatThrownBy(() -> second.diagonal(theta.like()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this linearization is closed");
      assertThatThrownBy(linearization::ggnFactor).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void targetsOfNegativeSumAreRefused() {
    FactorCase c = FactorCase.all().findFirst().orElseThrow();
    INDArray targets = c.batch(DataType.DOUBLE).targets().get(0).dup();
    targets.putScalar(3, 0, -2);
    ArrayBatch batch = ArrayBatch.of(c.batch(DataType.DOUBLE).inputs().get(0), targets);
    try (SameDiffObjective objective = c.builder(DataType.DOUBLE).build()) {
      FlatVector theta = objective.initialParameters();
      try (Linearization linearization = objective.linearize(theta, batch)) {
        CurvatureFactor factor = linearization.ggnFactor().orElseThrow();
        assertThatThrownBy(() -> factor.diagonal(theta.like()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("the targets of sample 3 sum to -1.0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void laterStepsAllocateNextToNothing(DataType type) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Net net = new Net(type);
    net.sd.identity("out", net.sd.nn.tanh(net.active(300)).mmul(net.parameter(300, 3)));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd).output("out").loss(Losses.meanSquaredError()).build()) {
      FlatVector theta = objective.initialParameters();
      FlatVector diagonal = theta.like();
      long heap = 0;
      long buffers = 0;
      double[] norms = new double[4];
      for (int step = 0; step < norms.length; step++) {
        ArrayBatch batch =
            ArrayBatch.of(
                Net.normal(new Random(step), type, 100, 4),
                Net.normal(new Random(9), type, 100, 3));
        try (Linearization linearization = objective.linearize(theta, batch)) {
          heap = threads.getCurrentThreadAllocatedBytes();
          buffers = Nd4j.getDeallocatorService().nextValue();
          linearization.ggnFactor().orElseThrow().diagonal(diagonal);
          buffers = Nd4j.getDeallocatorService().nextValue() - buffers - 1;
          heap = threads.getCurrentThreadAllocatedBytes() - heap;
          norms[step] = diagonal.norm();
        }
      }
      assertThat(norms).doesNotHaveDuplicates();
      assertThat(buffers).isZero();
      // The layers' buffers hold hundreds of kilobytes.
      assertThat(heap).isLessThan(10_000);
    }
  }
}
