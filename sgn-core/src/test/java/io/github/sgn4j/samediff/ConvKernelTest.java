package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.samediff.ConvLayer.Bias;
import io.github.sgn4j.testkit.OneThreadPerOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The fused convolution against ND4J's ops and finite differences. */
@ExtendWith(OneThreadPerOp.class)
class ConvKernelTest {

  private record Case(String name, Function<Net, SDVariable> output) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static void add(List<Case> cases, String name, Function<Net, SDVariable> output) {
    cases.add(new Case(name, output));
  }

  private static ConvLayer conv(int height, int width, int filters) {
    return new ConvLayer(height, width, filters);
  }

  /** A layer on an image that depends on the batch, and on one that depends on parameters. */
  private static void both(List<Case> cases, String name, ConvLayer layer, long... shape) {
    add(cases, name + ", first layer", net -> layer.of(net, net.passive(shape)));
    add(cases, name + ", inner layer", net -> layer.of(net, net.active(shape)));
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    both(cases, "valid", conv(3, 2, 3), 6, 5, 2);
    both(cases, "stride", conv(3, 3, 2).stride(2, 3), 8, 9, 2);
    both(cases, "stride beyond the kernel", conv(1, 2, 2).stride(3, 4), 8, 9, 2);
    both(cases, "padding", conv(3, 3, 3).padding(2), 5, 4, 2);
    both(cases, "all in the padding", conv(1, 1, 3).stride(10, 10).padding(3), 1, 1, 2);
    both(cases, "columns in the padding", conv(1, 1, 3).stride(1, 10).padding(3), 4, 4, 2);
    both(cases, "same", conv(3, 2, 3).same(), 5, 4, 2);
    both(cases, "same with stride", conv(3, 3, 3).same().stride(2, 2), 6, 7, 2);
    both(cases, "same, stride beyond the kernel", conv(1, 1, 3).same().stride(2, 2), 6, 7, 2);
    both(cases, "dilation", conv(3, 3, 2).dilation(2, 3), 9, 9, 2);
    both(cases, "dilation and stride", conv(2, 3, 2).dilation(3, 2).stride(2, 2), 10, 9, 2);
    both(cases, "dilation, same, pool", conv(2, 2, 3).dilation(2, 2).same().pool(2, 2), 8, 7, 2);
    both(cases, "channels first", conv(3, 2, 3).channelsFirst().padding(1), 2, 5, 6);
    both(
        cases,
        "channels first, pool",
        conv(3, 2, 3).channelsFirst().bias(Bias.ADD).activation("relu").pool(2, 2),
        2,
        7,
        6);
    both(
        cases,
        "channels first, bias add",
        conv(2, 2, 3).channelsFirst().bias(Bias.BIAS_ADD).activation("tanh"),
        2,
        4,
        6);
    for (Bias bias : Bias.values()) {
      both(cases, "bias " + bias, conv(2, 2, 3).bias(bias).activation("tanh"), 4, 4, 2);
    }
    for (String activation : List.of("", "relu", "sigmoid", "tanh")) {
      both(cases, "activation " + activation, conv(2, 2, 3).activation(activation), 4, 4, 2);
      both(
          cases,
          "activation and pool " + activation,
          conv(3, 3, 3).activation(activation).pool(2, 2),
          7,
          8,
          2);
      both(
          cases,
          "pool and activation " + activation,
          conv(3, 3, 3).activation(activation).pool(2, 2).poolFirst(),
          6,
          9,
          2);
    }
    both(cases, "pool 3", conv(2, 2, 2).activation("relu").pool(3, 3), 8, 11, 2);
    both(cases, "pool with gaps", conv(2, 2, 2).activation("relu").pool(2, 3), 9, 8, 2);
    both(cases, "overlapping pool", conv(2, 2, 2).activation("relu").pool(3, 2), 8, 8, 2);
    both(cases, "padded pool", conv(2, 2, 2).activation("tanh").pool(2, 2).poolSame(), 8, 8, 2);
    both(cases, "same pool without padding", conv(2, 2, 2).pool(2, 2).poolSame(), 5, 5, 2);
    both(cases, "one filter, one channel", conv(3, 3, 1).channels(1).pool(2, 2), 6, 6, 1);
    both(cases, "stride, padding, pool", conv(3, 3, 3).stride(2, 2).padding(1).pool(2, 2), 9, 8, 2);
    both(
        cases,
        "large",
        conv(5, 5, 7).channels(8).activation("relu").bias(Bias.ADD).pool(2, 2),
        20,
        21,
        8);
    add(cases, "two layers", ConvKernelTest::twoLayers);
    add(cases, "two convolutions that share filters", ConvKernelTest::sharedFilters);
    add(cases, "an image with two readers", ConvKernelTest::twoReaders);
    add(cases, "frozen filters", ConvKernelTest::frozenFilters);
    add(cases, "a bias alone", ConvKernelTest::biasAlone);
    add(cases, "ties in the maximum", ConvKernelTest::ties);
    add(cases, "relu at zero", ConvKernelTest::reluAtZero);
    add(cases, "a layer that is read twice", ConvKernelTest::readInBetween);
    return cases;
  }

  private static SDVariable twoLayers(Net net) {
    SDVariable h = conv(3, 3, 4).activation("relu").pool(2, 2).of(net, net.passive(12, 12, 2));
    h = conv(2, 2, 3).channels(4).activation("sigmoid").bias(Bias.ADD).of(net, h);
    return h.reshape(-1, 48).mmul(net.parameter(48, 3));
  }

  private static SDVariable sharedFilters(Net net) {
    SDVariable w = net.parameter(3, 3, 2, 2);
    ConvLayer layer = conv(3, 3, 2).same().activation("tanh");
    return layer.of(net, layer.of(net, net.passive(5, 5, 2), w), w);
  }

  private static SDVariable twoReaders(Net net) {
    SDVariable x = net.active(4, 4, 2);
    SDVariable a = conv(3, 3, 2).same().activation("tanh").of(net, x);
    return a.add(x).add(conv(1, 1, 2).of(net, x));
  }

  private static SDVariable frozenFilters(Net net) {
    return conv(3, 3, 2).pool(2, 2).of(net, net.active(6, 6, 2), net.constant(3, 3, 2, 2));
  }

  private static SDVariable biasAlone(Net net) {
    return conv(3, 3, 2)
        .activation("tanh")
        .pool(2, 2)
        .of(net, net.passive(6, 6, 2), net.constant(3, 3, 2, 2));
  }

  /** Filters of one value on an image of one value per sample: all in a window are equal. */
  private static SDVariable ties(Net net) {
    SDVariable pixel = net.x.mmul(net.constant(Net.FEATURES, 1)).reshape(-1, 1, 1, 1);
    SDVariable image = pixel.mul(net.sd.constant(Nd4j.ones(net.type, 1, 5, 5, 2)));
    return conv(2, 2, 3).activation("relu").pool(2, 2).of(net, image);
  }

  private static SDVariable reluAtZero(Net net) {
    SDVariable image = net.active(5, 5, 2).mul(0);
    SDVariable dead = conv(2, 2, 3).bias(Bias.NONE).activation("relu").pool(2, 2).of(net, image);
    return dead.add(net.parameter(3));
  }

  private static SDVariable readInBetween(Net net) {
    SDVariable h = conv(2, 2, 2).activation("tanh").of(net, net.passive(5, 5, 2));
    return h.add(h.mean(true, 1, 2));
  }

  private final List<SameDiffObjective> objectives = new ArrayList<>();

  @AfterEach
  void closeObjectives() {
    objectives.forEach(SameDiffObjective::close);
  }

  private ModelChecks checks(Case c, DataType type, KernelChoice kernels, int samples) {
    Net net = new Net(type);
    SDVariable out = c.output().apply(net);
    net.sd.identity("out", out);
    SameDiffObjective objective =
        SameDiffObjective.builder(net.sd)
            .inputs("x")
            .output("out")
            .loss(Losses.meanSquaredError())
            .kernels(kernels)
            .build();
    objectives.add(objective);
    Random random = new Random(samples);
    INDArray x = Net.normal(random, type, samples, Net.FEATURES);
    long[] shape = net.sd.output(Map.of("x", x), "out").get("out").shape();
    return new ModelChecks(objective, ArrayBatch.of(x, Net.normal(random, type, shape)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void agreesWithTheOpsInDouble(Case c) {
    for (int samples : new int[] {1, 3, c.name().startsWith("large") ? 37 : 5}) {
      ModelChecks fused = checks(c, DataType.DOUBLE, KernelChoice.AUTO, samples);
      ModelChecks generic = checks(c, DataType.DOUBLE, KernelChoice.GENERIC, samples);
      fused.productsAgainst(generic, 1e-12);
      fused.transpose(1e-13);
      fused.product(1e-12);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void singlePrecisionAgreesWithDouble(Case c) {
    int samples = c.name().startsWith("large") ? 37 : 4;
    ModelChecks single = checks(c, DataType.FLOAT, KernelChoice.AUTO, samples);
    single.productsAgainst(checks(c, DataType.DOUBLE, KernelChoice.AUTO, samples), 1e-4);
    single.transpose(1e-5);
  }

  static List<Case> smoothCases() {
    return cases().stream()
        .filter(c -> !c.name().matches(".*(pool|relu|large|ties|two layers).*"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smoothCases")
  void tangentsAreFiniteDifferences(Case c) {
    checks(c, DataType.DOUBLE, KernelChoice.AUTO, 3).jvp(1e-4, 1e-8);
  }
}
